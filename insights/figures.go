package insights

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Figures are what the list did in a period. An opening counts for the moment it opened, whenever it is filled; an offer for the moment it
// was made; a booking for the moment the customer said yes.
type Figures struct {
	Period   Period
	From     time.Time // first local midnight of the period
	Now      time.Time // in the business's zone, as From is
	Currency string
	Counts   waitlist.Counts // how many wait now, whatever the period
	Reported bool            // the provider tells what becomes of this business's emails
	Totals                   // of the period
	Before   Totals          // of the period before, as far as this one has come
	Buckets  []Bucket        // the hours of today, or the days of the period, without a gap
}

// Totals are the figures of one stretch of time.
type Totals struct {
	Openings  int
	Outcomes  map[rules.OpeningOutcome]int // add up to Openings
	Median    time.Duration                // from opening to the yes, of those filled; zero when none is
	Recovered Recovered
	Offers    map[rules.OfferState]int
	Emails    Emails
	Ratings   int // given in this time
	Stars     int // of them all
}

// Emails are those that the sender took, by what the provider told of them since.
type Emails struct {
	Sent      int
	Delivered int // those called spam included: they did arrive
	Failed    int // they came back, or the provider did not try
	Silent    int // it told nothing of them for an hour
}

// DeliveryGoal is the share of the emails that should arrive: more than this.
const DeliveryGoal = 0.95

// silence is how long an email may go without a report until it counts as one that did not arrive.
const silence = time.Hour

// Known are the emails that a rate can go by.
func (e Emails) Known() int { return e.Delivered + e.Failed + e.Silent }

// Rate is the share of the emails that arrived; not ok when nothing is known of any.
func (e Emails) Rate() (share float64, ok bool) {
	if e.Known() == 0 {
		return 0, false
	}
	return float64(e.Delivered) / float64(e.Known()), true
}

// Recovered is the worth of the appointments that customers took from an offer and that stand: confirmed or completed.
type Recovered struct {
	Minor    int64 // of those with a price in the business's currency
	Bookings int   // all
	Unpriced int   // of them without an amount: their price is on request
	Foreign  int   // of them in a currency that the business had before
}

// Bucket is one bar of the chart.
type Bucket struct {
	From, To         time.Time // in the business's zone; To is exclusive
	Openings, Filled int
	Minor            int64 // recovered
}

// Filled are the openings that an accepted offer filled.
func (t Totals) Filled() int { return t.Outcomes[rules.OpeningFilled] }

// Rate is the share of the openings that are filled; not ok when nothing opened.
func (t Totals) Rate() (share float64, ok bool) {
	if t.Openings == 0 {
		return 0, false
	}
	return float64(t.Filled()) / float64(t.Openings), true
}

// Made are all offers.
func (t Totals) Made() int {
	n := 0
	for _, offers := range t.Offers {
		n += offers
	}
	return n
}

// Accepted is the share of the offers that their customers accepted; not ok when none was made.
func (t Totals) Accepted() (share float64, ok bool) {
	if t.Made() == 0 {
		return 0, false
	}
	return float64(t.Offers[rules.OfferAccepted]) / float64(t.Made()), true
}

// Satisfaction is the mean of the ratings, 1 to 5; not ok when none was given.
func (t Totals) Satisfaction() (mean float64, ok bool) {
	if t.Ratings == 0 {
		return 0, false
	}
	return float64(t.Stars) / float64(t.Ratings), true
}

// Quiet tells whether nothing happened at all.
func (t Totals) Quiet() bool {
	return t.Openings == 0 && t.Made() == 0 && t.Recovered.Bookings == 0 && t.Ratings == 0
}

// Figures counts a period of a business that ends now. Fails with NotFound.
func (i *Insights) Figures(ctx context.Context, tenantID int64, p Period) (Figures, error) {
	business, err := i.list.Business(ctx, tenantID)
	if err != nil {
		return Figures{}, err
	}
	now, err := i.db.Now(ctx)
	if err != nil {
		return Figures{}, err
	}
	today := rules.DateOf(now, business.Zone)
	span := p.span(today, business.Zone)
	f := Figures{
		Period: p, From: span.Start.In(business.Zone), Now: now.In(business.Zone), Currency: business.Currency,
		Buckets: p.buckets(span, business.Zone),
	}
	if f.Counts, err = i.list.Counts(ctx, tenantID); err != nil {
		return Figures{}, err
	}
	events, err := i.db.AnyMailEvent(ctx, &tenantID)
	if err != nil {
		return Figures{}, db.Down(fmt.Errorf("looking for reports about emails: %w", err))
	}
	f.Reported = events > 0
	c := count{db: i.db, tenantID: tenantID, currency: business.Currency, now: now}
	if f.Before, err = c.totals(ctx, p.before(today, now, business.Zone), nil); err != nil {
		return Figures{}, err
	}
	f.Totals, err = c.totals(ctx, span, f.Buckets)
	return f, err
}

// count reads the figures of one business.
type count struct {
	db       *db.DB
	tenantID int64
	currency string
	now      time.Time
}

// totals counts a span, and fills the buckets that it is cut into.
func (c count) totals(ctx context.Context, s rules.Span, buckets []Bucket) (Totals, error) {
	t := Totals{Outcomes: map[rules.OpeningOutcome]int{}, Offers: map[rules.OfferState]int{}}
	for _, read := range []func(context.Context, rules.Span, []Bucket, *Totals) error{c.openings, c.recovered, c.offers, c.emails, c.median, c.ratings} {
		if err := read(ctx, s, buckets, &t); err != nil {
			return Totals{}, db.Down(err)
		}
	}
	return t, nil
}

func (c count) openings(ctx context.Context, s rules.Span, buckets []Bucket, t *Totals) error {
	rows, err := c.db.CountOpenings(ctx, db.CountOpeningsParams{TenantID: c.tenantID, FromTime: s.Start, ToTime: s.End, EndedBefore: &s.End})
	if err != nil {
		return fmt.Errorf("counting openings: %w", err)
	}
	for _, row := range rows {
		n, outcome := int(row.Openings), row.Outcome
		if row.Ended == 0 { // then it was open still
			outcome = ""
		}
		t.Openings += n
		t.Outcomes[outcome] += n
		if b := bucketOf(buckets, s, row.QuarterHour); b != nil {
			b.Openings += n
			if outcome == rules.OpeningFilled {
				b.Filled += n
			}
		}
	}
	return nil
}

func (c count) recovered(ctx context.Context, s rules.Span, buckets []Bucket, t *Totals) error {
	rows, err := c.db.SumRecovered(ctx, db.SumRecoveredParams{TenantID: c.tenantID, FromTime: s.Start, ToTime: s.End})
	if err != nil {
		return fmt.Errorf("adding up what was recovered: %w", err)
	}
	for _, row := range rows {
		t.Recovered.Bookings += int(row.Bookings)
		switch {
		case row.PriceKind == rules.PriceOnRequest:
			t.Recovered.Unpriced += int(row.Bookings)
		case row.PriceKind == rules.PriceAmount && row.Currency != c.currency:
			t.Recovered.Foreign += int(row.Bookings)
		case row.PriceKind == rules.PriceAmount:
			t.Recovered.Minor += row.Minor
			if b := bucketOf(buckets, s, row.QuarterHour); b != nil {
				b.Minor += row.Minor
			}
		}
	}
	return nil
}

func (c count) offers(ctx context.Context, s rules.Span, _ []Bucket, t *Totals) error {
	rows, err := c.db.CountOffersMade(ctx, db.CountOffersMadeParams{TenantID: c.tenantID, FromTime: s.Start, ToTime: s.End})
	if err != nil {
		return fmt.Errorf("counting offers: %w", err)
	}
	for _, row := range rows {
		t.Offers[row.State] = int(row.Offers)
	}
	return nil
}

func (c count) emails(ctx context.Context, s rules.Span, _ []Bucket, t *Totals) error {
	silent := c.now.Add(-silence)
	row, err := c.db.CountDelivery(ctx, db.CountDeliveryParams{TenantID: c.tenantID, FromTime: &s.Start, ToTime: &s.End, SilentBefore: &silent})
	if err != nil {
		return fmt.Errorf("counting emails: %w", err)
	}
	t.Emails = Emails{Sent: int(row.Sent), Delivered: int(row.Delivered), Failed: int(row.Failed), Silent: int(row.Silent)}
	return nil
}

// median reads the one or two times in the middle.
func (c count) median(ctx context.Context, s rules.Span, _ []Bucket, t *Totals) error {
	filled := t.Filled()
	if filled == 0 {
		return nil
	}
	middle, err := c.db.TimesToFill(ctx, db.TimesToFillParams{
		TenantID: c.tenantID, FromTime: s.Start, ToTime: s.End, EndedBefore: &s.End, Offset: int32((filled - 1) / 2), Limit: int32(2 - filled%2),
	})
	if err != nil {
		return fmt.Errorf("reading times to fill: %w", err)
	}
	for _, microseconds := range middle {
		t.Median += time.Duration(microseconds) * time.Microsecond / time.Duration(len(middle))
	}
	return nil
}

func (c count) ratings(ctx context.Context, s rules.Span, _ []Bucket, t *Totals) error {
	row, err := c.db.SumRatings(ctx, db.SumRatingsParams{TenantID: c.tenantID, FromTime: s.Start, ToTime: s.End})
	if err != nil {
		return fmt.Errorf("adding up ratings: %w", err)
	}
	t.Ratings, t.Stars = int(row.Ratings), int(row.Stars)
	return nil
}

// bucketOf finds the bucket that the nth quarter of an hour of a span lies in; nil when there is none.
func bucketOf(buckets []Bucket, s rules.Span, quarter int64) *Bucket {
	at := s.Start.Add(time.Duration(quarter) * step)
	for i := range buckets {
		if at.Before(buckets[i].To) {
			return &buckets[i]
		}
	}
	return nil
}
