package api_test

import (
	"math/rand/v2"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
)

// requestsEach is how many requests one run makes up for one business.
const requestsEach = 300

// FuzzNoRequestMakesTheServerFail sends a business requests that are made up from the document, most of them sound and some spoiled: none
// may be answered with 5xx or with anything that the document doesn't say. `go test` runs the seeds, `go test -fuzz` looks further.
func FuzzNoRequestMakesTheServerFail(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(seed, uint8(seed%4)*4)
	}
	f.Fuzz(func(t *testing.T, seed uint64, spoils uint8) {
		s := apitest.Open(t).Furnish()
		g := apitest.Generator{Rand: rand.New(rand.NewPCG(seed, 1)), Known: s.Known, Spoils: int(spoils % 40)}
		operations := apitest.ReadContract().Operations
		answered := map[int]int{}
		for i := range requestsEach {
			o := operations[i%len(operations)]
			if i >= len(operations) {
				o = operations[g.IntN(len(operations))]
			}
			q := g.Request(o)
			a := s.Send(q)
			answered[a.Status/100]++
			if a.Status >= 500 {
				t.Errorf("%s %s answers %d to %.300s: %s", q.Method, q.Path, a.Status, q.Body, a.Body)
			}
			if t.Failed() {
				return
			}
		}
		if spoils == 0 && answered[2] < requestsEach/5 {
			t.Errorf("sound requests are answered %v", answered)
		}
	})
}
