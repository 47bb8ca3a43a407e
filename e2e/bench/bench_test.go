// Package bench measures the program: how fast it is beside the least that the same work could cost, how much the database reads, how
// long customers wait. `make bench` runs it and writes docs/performance.md.
//
// A speed is a ratio. What is measured and its floor take turns in one run, so that whatever else the machine does meets both, and the
// median of the rounds counts. Nothing here fails because something is slow: the document says what misses its goal. What can be counted
// exactly (rows read, statements, bytes) is guarded by the tests of this package, which `make test` runs.
package bench

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

var write = flag.String("write", "", "the document to write the figures into, once all benchmarks have run")

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if len(report.figures) > 0 && *write == "" {
		fmt.Println(report.text())
	}
	if code == 0 && *write != "" {
		if err := report.write(*write); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}
