package public

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) coming(c echo.Context) error {
	return leadOn(c, d.waitlist.ConfirmComing(c.Request().Context(), token(c)), paths.Booking(token(c)), "")
}

func (d door) rating(c echo.Context) error {
	return respond.NewForm(d.showRating(c, public.RatingForm{Linked: stars(c.QueryParam("stars"))}))
}

func (d door) rate(c echo.Context) error {
	err := d.waitlist.Rate(c.Request().Context(), token(c), stars(c.FormValue("stars")))
	if problem.KindOf(err) == problem.InvalidInput {
		return respond.Form(c, err, d.showRating(c, public.RatingForm{}))
	}
	return leadOn(c, err, paths.Rating(token(c)), "")
}

func (d door) commentRating(c echo.Context) error {
	typed := c.FormValue("comment")
	err := d.waitlist.CommentRating(c.Request().Context(), token(c), typed)
	if problem.KindOf(err) == problem.InvalidInput {
		return respond.Form(c, err, d.showRating(c, public.RatingForm{Comment: typed, Typed: true}))
	}
	return leadOn(c, err, paths.Rating(token(c)), "rating.comment_kept")
}

func (d door) showRating(c echo.Context, f public.RatingForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		r, err := d.waitlist.RatingPage(c.Request().Context(), token(c))
		if err != nil {
			return err
		}
		middleware.Speak(c, r.Booking.Business.Locale)
		page := respond.Page(c, middleware.Locale(c).T("rating.title"))
		return respond.HTML(c, status, public.RatingPage(page, r, f, errs), respond.Part{ID: public.RatingID, Component: public.Rating(r, f, errs)})
	}
}

// stars reads a number of stars; 0 for what is none.
func stars(typed string) int {
	n, err := strconv.Atoi(typed)
	if err != nil || n < 1 || n > 5 {
		return 0
	}
	return n
}
