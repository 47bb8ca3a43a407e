package respond

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/ui"
)

// Show writes a form's page, with what was refused; a GET calls it with 200 and nil.
type Show func(status int, errs ui.Errors) error

// Form answers the error of a form's use case. What the person at the form can mend there (problem.InvalidInput 422, Conflict 409, Limited
// 429) shows it again, with the input that show kept; anything else goes on to the error handler.
//
//	if err := d.business.AddService(ctx, staff, form); err != nil {
//		return respond.Form(c, err, d.serviceForm(c, form))
//	}
//	return respond.SeeOther(c, paths.Services)
func Form(c echo.Context, err error, show Show) error {
	kind := problem.KindOf(err)
	switch kind {
	case problem.InvalidInput, problem.Conflict, problem.Limited:
		return show(problem.Status(kind), ui.ErrorsOf(middleware.Locale(c), err))
	}
	return err
}

// NewForm is the answer to a GET of a form.
func NewForm(show Show) error { return show(http.StatusOK, nil) }
