package api_test

import (
	"net/http"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

func TestFiguresAreThoseOfTheDashboard(t *testing.T) {
	f := apitest.Open(t).Furnish()
	type totals struct {
		Openings  struct{ All, Filled, Live int }
		Rate      *float64 `json:"fill_rate"`
		Fill      *int     `json:"fill_seconds"`
		Offers    struct{ Made, Accepted, Pending int }
		Accepted  *float64 `json:"accepted_rate"`
		Recovered struct {
			Amount   int64
			Bookings int
		}
		Emails struct {
			Sent int
			Rate *float64 `json:"delivered_rate"`
		}
		Ratings struct {
			Given int
			Mean  *float64
		}
	}
	var got struct {
		Days     int
		Currency string
		OnList   struct {
			Waiting   int
			OffersOut int `json:"offers_out"`
		} `json:"on_list"`
		Period, Before totals
		Parts          []struct {
			Openings, Filled int
			Amount           int64
		}
	}
	f.Get("/figures").Want(http.StatusOK, &got)
	p := got.Period
	if got.Days != 7 || got.Currency != "EUR" || len(got.Parts) != 7 || got.OnList.Waiting != 2 || got.OnList.OffersOut != 1 {
		t.Errorf("the figures are %+v", got)
	}
	if p.Openings.All != 2 || p.Openings.Filled != 1 || p.Openings.Live != 1 || *p.Rate != 0.5 || p.Fill == nil || p.Offers.Made != 2 || p.Offers.Accepted != 1 ||
		p.Offers.Pending != 1 || *p.Accepted != 0.5 || p.Recovered.Bookings != 1 || p.Ratings.Mean != nil {
		t.Errorf("the period has %+v", p)
	}
	if b := got.Before; b.Openings.All != 0 || b.Rate != nil || b.Fill != nil || b.Accepted != nil || b.Emails.Rate != nil {
		t.Errorf("the days before have %+v", b)
	}
	openings, filled, amount := 0, 0, int64(0)
	for _, part := range got.Parts {
		openings, filled, amount = openings+part.Openings, filled+part.Filled, amount+part.Amount
	}
	if openings != 2 || filled != 1 || amount != p.Recovered.Amount {
		t.Errorf("the days add up to %d, %d and %d", openings, filled, amount)
	}
	f.Get("/figures?days=1").Want(http.StatusOK, &got)
	if got.Days != 1 || len(got.Parts) != 24 || got.Period.Openings.All != 2 {
		t.Errorf("today has %+v", got)
	}
	f.Get("/figures?days=2").Refused(http.StatusUnprocessableEntity, "invalid", "days")
	only := f.Key(rules.ScopeFiguresRead)
	f.Send(apitest.Request{Method: http.MethodGet, Path: "/figures?days=30", Token: only}).Want(http.StatusOK, nil)
	f.Send(apitest.Request{Method: http.MethodGet, Path: "/setup/checks", Token: only}).Refused(http.StatusForbidden, "scope")
}
