package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/problem"
)

// touches answers that a change touches what is there: nothing was changed yet, and the same request with seen does it.
func touches(c echo.Context, t business.Touched) error {
	seen := t.Fingerprint()
	body := respond.ProblemOf(c, problem.New(problem.Conflict, "problem.api.touches", "Seen", seen))
	return respond.Problem(c, struct {
		respond.ProblemJSON
		Seen    string         `json:"seen"`
		Touched []spec.Touched `json:"touched"`
	}{body, seen, touchedOf(t)}, http.StatusConflict)
}

func touchedOf(t business.Touched) []spec.Touched {
	list := []spec.Touched{}
	for _, b := range t.Bookings {
		from, to := b.Start.UTC(), b.End.UTC()
		list = append(list, spec.Touched{Kind: spec.TouchedKindBooking, ID: b.ID, StartsAt: &from, EndsAt: &to})
	}
	for _, s := range t.Slots {
		from, to := s.Start.UTC(), s.End.UTC()
		list = append(list, spec.Touched{Kind: spec.TouchedKindSlot, ID: s.ID, StartsAt: &from, EndsAt: &to, Withdrawn: &s.Withdrawn})
		if s.Offer != nil {
			list = append(list, spec.Touched{Kind: spec.TouchedKindOffer, ID: s.Offer.ID, StartsAt: &from, EndsAt: &to, Withdrawn: &s.Withdrawn})
		}
	}
	for _, e := range t.Entries {
		list = append(list, spec.Touched{Kind: spec.TouchedKindEntry, ID: e.ID})
	}
	for _, p := range t.Prices {
		list = append(list, spec.Touched{Kind: spec.TouchedKindPrice, ID: p.ServiceName})
	}
	return list
}

// seenOf is the parameter seen.
func seenOf(asked *spec.Seen) string {
	if asked == nil {
		return ""
	}
	return *asked
}
