package bench

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	rounds  = 7
	workers = 4 // side by side; each has one connection
)

// alternate measures the subject and its floor in turns, the one that begins changing from round to round, and gives the median speed of
// each and the median of the rounds' ratios.
func alternate(b *testing.B, subject, floor func() (perSecond float64)) (subjects, floors, ratio float64) {
	b.Helper()
	var of, against, ratios []float64
	for round := range rounds {
		var x, y float64
		if round%2 == 0 {
			x = subject()
			y = floor()
		} else {
			y = floor()
			x = subject()
		}
		of, against, ratios = append(of, x), append(against, y), append(ratios, x/y)
	}
	return median(of), median(against), median(ratios)
}

// each does n things, workers at a time, and gives how many were done in a second.
func each(b *testing.B, n int, do func(worker, i int) error) (perSecond float64) {
	b.Helper()
	var next atomic.Int64
	var done sync.WaitGroup
	failed := make([]error, workers)
	begun := time.Now()
	for worker := range workers {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && failed[worker] == nil; i = int(next.Add(1)) - 1 {
				failed[worker] = do(worker, i)
			}
		})
	}
	done.Wait()
	took := time.Since(begun)
	for _, err := range failed {
		if err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / took.Seconds()
}
