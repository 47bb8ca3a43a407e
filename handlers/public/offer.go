package public

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) offer(c echo.Context) error { return respond.NewForm(d.showOffer(c)) }

func (d door) showOffer(c echo.Context) respond.Show {
	return func(status int, refused ui.Errors) error {
		o, err := d.waitlist.OfferPage(c.Request().Context(), token(c))
		if err != nil {
			return err
		}
		middleware.Speak(c, o.Business.Locale)
		page := respond.Page(c, middleware.Locale(c).T("public.title.offer"))
		return respond.HTML(c, status, public.OfferPage(page, o, refused),
			respond.Part{ID: public.OfferID, Component: public.Offer(o, refused)})
	}
}

func (d door) acceptOffer(c echo.Context) error {
	err := d.waitlist.Accept(c.Request().Context(), token(c))
	if problem.KindOf(err) == problem.Conflict {
		err = problem.New(problem.Conflict, "public.offer.busy").Because(err)
	}
	return d.answered(c, err)
}

func (d door) declineOffer(c echo.Context) error {
	then := c.FormValue("then")
	if then != "" && then != public.KeepWaiting && then != public.LeaveList {
		return d.answered(c, problem.Invalid(problem.Bad("then", "public.offer.wrong_answer")))
	}
	return d.answered(c, d.waitlist.Decline(c.Request().Context(), token(c), then != public.LeaveList))
}

// answered leads back to the page of the offer, which tells how it stands now. An answer that was refused though the offer is
// still open is explained there.
func (d door) answered(c echo.Context, err error) error {
	if err != nil && problem.KindOf(err) != problem.Gone {
		return respond.Form(c, err, d.showOffer(c))
	}
	return respond.SeeOther(c, paths.Offer(token(c)))
}
