package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Rating is how a customer found an appointment.
type Rating struct {
	Stars   int    // 1 is bad, 5 is good; 0: not rated
	Comment string // may be empty
	Given   time.Time
}

// RatingPage is what /v/{token}/rating shows.
type RatingPage struct {
	Booking BookingPage
	Rating  Rating
	Open    bool // it can be given, or changed
}

// RatingPage reads how the appointment behind a link was rated. Fails with NotFound for an unknown token.
func (w *Waitlist) RatingPage(ctx context.Context, token string) (RatingPage, error) {
	booking, err := w.bookingByToken(ctx, token)
	if err != nil {
		return RatingPage{}, err
	}
	if booking.CustomerID == nil {
		return RatingPage{}, notFound("problem.no_such_link")
	}
	page := RatingPage{}
	if page.Booking, err = w.bookingPage(ctx, booking); err != nil {
		return page, err
	}
	page.Rating, err = w.ratingOf(ctx, booking)
	page.Open = rateable(booking, page.Rating.Given, page.Booking.Now)
	return page, err
}

// rateable tells whether a booking can be rated, or its rating, if one was given, be changed.
func rateable(b db.Booking, given, now time.Time) bool {
	if !given.IsZero() {
		return now.Before(given.Add(rules.RatingStands))
	}
	return b.CustomerID != nil && b.CancelDueAt == nil && b.AttendAs != rules.BookingNoShow && rules.Rateable(b.State, b.EndsAt, now)
}

func (w *Waitlist) ratingOf(ctx context.Context, b db.Booking) (Rating, error) {
	row, rated, err := maybe(w.db.GetRating(ctx, db.GetRatingParams{TenantID: b.TenantID, BookingID: b.ID}))
	if err != nil || !rated {
		return Rating{}, db.Down(wrap(err, "reading a rating"))
	}
	box, err := w.db.Box(ctx, b.TenantID)
	if err != nil {
		return Rating{}, err
	}
	comment, err := box.Open(inRating(b), row.Comment)
	return Rating{Stars: row.Stars, Comment: comment, Given: row.GivenAt}, wrap(err, "opening the comment of a rating")
}

func inRating(b db.Booking) seal.Where {
	return seal.Where{Tenant: b.TenantID, Table: "ratings", Column: "comment", Row: b.PublicID}
}

// Rate keeps how the customer behind a link found their appointment, 1 to 5 stars; within fourteen days another press changes it. The same
// press again changes nothing. Fails with Invalid, and with Gone when the appointment can't be rated (any more).
func (w *Waitlist) Rate(ctx context.Context, token string, stars int) error {
	if stars < 1 || stars > 5 {
		return problem.Invalid(problem.Bad("stars", "problem.required"))
	}
	return w.changeRating(ctx, token, func(ctx context.Context, tx *db.Tx, b db.Booking, before *db.Rating, now time.Time) (action string, err error) {
		if before == nil {
			return "booking.rate", wrap(tx.AddRating(ctx, db.AddRatingParams{
				TenantID: b.TenantID, BookingID: b.ID, CustomerID: *b.CustomerID, Stars: stars, GivenAt: now, ChangedAt: now,
			}), "adding a rating")
		}
		if before.Stars == stars {
			return "", nil
		}
		n, err := tx.ChangeRating(ctx, db.ChangeRatingParams{Stars: stars, At: now, TenantID: b.TenantID, BookingID: b.ID, GivenAfter: now.Add(-rules.RatingStands)})
		return "booking.rate", must(n, err, "changing a rating")
	})
}

// CommentRating keeps what a customer has to say beside their stars; empty takes it back. It is changed, repeated and fails like Rate;
// without stars it fails with Conflict.
func (w *Waitlist) CommentRating(ctx context.Context, token, typed string) error {
	comment, bad := readNote(typed)
	if bad != nil {
		bad.Name = "comment"
		return problem.Invalid(*bad)
	}
	return w.changeRating(ctx, token, func(ctx context.Context, tx *db.Tx, b db.Booking, before *db.Rating, now time.Time) (action string, err error) {
		if before == nil {
			return "", problem.New(problem.Conflict, "problem.stars_first")
		}
		box, err := tx.Box(ctx, b.TenantID)
		if err != nil {
			return "", err
		}
		if current, err := box.Open(inRating(b), before.Comment); err != nil || current == comment {
			return "", wrap(err, "opening the comment of a rating")
		}
		row := db.CommentRatingParams{At: now, TenantID: b.TenantID, BookingID: b.ID, GivenAfter: now.Add(-rules.RatingStands)}
		if comment != "" {
			row.Comment = box.Seal(inRating(b), comment)
		}
		n, err := tx.CommentRating(ctx, row)
		return "booking.comment", must(n, err, "commenting a rating")
	})
}

// changeRating locks a booking that can be rated, lets change do it, and notes what it did; "" is nothing.
func (w *Waitlist) changeRating(ctx context.Context, token string, change func(context.Context, *db.Tx, db.Booking, *db.Rating, time.Time) (action string, err error)) error {
	booking, err := w.bookingByToken(ctx, token)
	if err != nil {
		return err
	}
	if booking.CustomerID == nil {
		return notFound("problem.no_such_link")
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		b, err := tx.LockBooking(ctx, db.LockBookingParams{TenantID: booking.TenantID, ID: booking.ID})
		if err != nil {
			return fmt.Errorf("locking a booking: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		rating, rated, err := maybe(tx.GetRating(ctx, db.GetRatingParams{TenantID: b.TenantID, BookingID: b.ID}))
		if err != nil {
			return fmt.Errorf("reading a rating: %w", err)
		}
		var before *db.Rating
		if rated {
			before = &rating
		}
		if !rateable(b, rating.GivenAt, now) {
			return problem.New(problem.Gone, "problem.rating_over")
		}
		action, err := change(ctx, tx, b, before, now)
		if err != nil || action == "" {
			return err
		}
		return customer(*b.CustomerID).did(ctx, tx, action, b.TenantID, "bookings", b.ID, nil)
	})
}
