package api

import (
	"math"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/rules"
)

// GetFigures answers GET /figures.
func (d *door) GetFigures(c echo.Context, p spec.GetFiguresParams) error {
	period := insights.Week
	if p.Days != nil {
		period = insights.Period(*p.Days)
	}
	f, err := d.Insights.Figures(c.Request().Context(), staffOf(c).TenantID, period)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, figuresOf(f))
}

func figuresOf(f insights.Figures) spec.Figures {
	figures := spec.Figures{
		Days: int(f.Period), From: f.From.UTC(), Now: f.Now.UTC(), Currency: f.Currency, EmailsReported: f.Reported,
		OnList: spec.OnList{Waiting: f.Counts.Waiting, OffersOut: f.Counts.OffersOut, SlotsOpen: f.Counts.Open},
		Period: totalsOf(f.Totals), Before: totalsOf(f.Before), Parts: make([]spec.FiguresPart, len(f.Buckets)),
	}
	for i, b := range f.Buckets {
		figures.Parts[i] = spec.FiguresPart{From: b.From.UTC(), To: b.To.UTC(), Openings: b.Openings, Filled: b.Filled, Amount: b.Minor}
	}
	return figures
}

func totalsOf(t insights.Totals) spec.Totals {
	totals := spec.Totals{
		Openings: spec.OpeningFigures{
			All: t.Openings, Filled: t.Filled(), Booked: t.Outcomes[rules.OpeningBooked], Withdrawn: t.Outcomes[rules.OpeningWithdrawn],
			Lapsed: t.Outcomes[rules.OpeningLapsed], Live: t.Outcomes[rules.OpeningLive],
		},
		FillRate: share(t.Rate()), FillSeconds: orNull(0),
		Recovered: spec.Recovered{Amount: t.Recovered.Minor, Bookings: t.Recovered.Bookings, Unpriced: t.Recovered.Unpriced, Foreign: t.Recovered.Foreign},
		Offers: spec.OfferFigures{
			Made: t.Made(), Pending: t.Offers[rules.OfferPending], Accepted: t.Offers[rules.OfferAccepted], Declined: t.Offers[rules.OfferDeclined],
			Expired: t.Offers[rules.OfferExpired], Withdrawn: t.Offers[rules.OfferWithdrawn], Undeliverable: t.Offers[rules.OfferUndeliverable],
		},
		AcceptedRate: share(t.Accepted()),
		Emails: spec.EmailFigures{
			Sent: t.Emails.Sent, Delivered: t.Emails.Delivered, Failed: t.Emails.Failed, Silent: t.Emails.Silent, DeliveredRate: share(t.Emails.Rate()),
		},
		Ratings: spec.RatingFigures{Given: t.Ratings, Mean: share(t.Satisfaction())},
	}
	if t.Filled() > 0 {
		totals.FillSeconds.Set(int(t.Median.Seconds()))
	}
	return totals
}

// share is a number of four places behind the point; null when it isn't known.
func share(of float64, ok bool) nullable.Nullable[float64] {
	if !ok {
		return nullable.NewNullNullable[float64]()
	}
	return nullable.NewNullableWithValue(math.Round(of*10_000) / 10_000)
}
