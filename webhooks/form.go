package webhooks

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/your-org/waitlist-management/problem"
)

const (
	endpointsMost = 20 // of one business
	nameMost      = 60 // letters
)

// Form is an endpoint as it was typed.
type Form struct {
	Name    string
	URL     string
	All     bool     // every event; Events do not matter then
	Events  []string // types
	Version int      // of the endpoint that is changed, as whoever changes it has seen it; 0: whichever there is
	Press   string   // of a new one: pressing twice makes one
}

// read checks what was typed and gives the types as they are stored.
func (w *Webhooks) read(f Form) (Form, string, error) {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	var bad []problem.Field
	address, wrong := w.sender.readAddress(f.URL)
	if wrong != nil {
		bad = append(bad, *wrong)
	}
	f.URL = address
	switch n := utf8.RuneCountInString(f.Name); {
	case n == 0:
		bad = append(bad, problem.Bad("name", "problem.required"))
	case n > nameMost:
		bad = append(bad, problem.Bad("name", "problem.too_long", "Most", nameMost))
	}
	types := ""
	if !f.All {
		var chosen []string
		for _, e := range events { // in the order of the table, each once
			if slices.Contains(f.Events, e.Type) {
				chosen = append(chosen, e.Type)
			}
		}
		unknown := slices.ContainsFunc(f.Events, func(t string) bool { return !Known(t) })
		if len(chosen) == 0 || unknown {
			bad = append(bad, problem.Bad("events", "webhooks.problem.events"))
		}
		types = strings.Join(chosen, " ")
	}
	if len(bad) > 0 {
		return f, "", problem.Invalid(bad...)
	}
	return f, types, nil
}

// orAll is a choice of events as the trail keeps it.
func orAll(types string) string {
	if types == "" {
		return "all"
	}
	return types
}
