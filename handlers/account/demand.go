package account

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/policy"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

// SetUpFirst leads whoever owes their business a second factor to the page that sets it up, whatever else they ask for that needs a login.
func SetUpFirst(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if user, ok := middleware.User(c); ok && user.OwesFactor && !mayComeBefore(c) {
			return respond.Leave(c, paths.SecondFactor)
		}
		return next(c)
	}
}

// mayComeBefore are the routes for somebody who owes a second factor: all about it, choosing another business, and what anybody may.
func mayComeBefore(c echo.Context) bool {
	right, listed := policy.Of(c.Request().Method, c.Path())
	return !listed || right == "" || strings.HasPrefix(c.Path(), paths.SecondFactor) || c.Path() == paths.ChooseBusiness || c.Path() == paths.PasskeyProof
}

func (d door) secondFactorDemand(c echo.Context) error {
	demand, err := d.accounts.SecondFactorDemand(c.Request().Context(), middleware.MustUser(c))
	if err != nil {
		return err
	}
	return respond.NewForm(showDemand(c, demand, demand))
}

func (d door) demandSecondFactor(c echo.Context) error {
	ctx, user, before, to := c.Request().Context(), middleware.MustUser(c), c.FormValue("before"), c.FormValue("demand")
	err := d.accounts.DemandSecondFactor(ctx, user, before, to)
	if problem.KindOf(err) == problem.Conflict {
		now, readErr := d.accounts.SecondFactorDemand(ctx, user)
		if readErr != nil {
			return readErr
		}
		return respond.Form(c, err, showDemand(c, now, now))
	}
	if err != nil {
		return respond.Form(c, err, showDemand(c, rules.SecondFactorDemand(before), rules.SecondFactorDemand(to)))
	}
	respond.Flash(c, "factor.demand.saved")
	return respond.SeeOther(c, paths.Users)
}

func showDemand(c echo.Context, before, chosen rules.SecondFactorDemand) respond.Show {
	return func(status int, errs ui.Errors) error {
		owner := middleware.MustUser(c).Role == rules.RoleOwner
		whole := account.SecondFactorDemand(usersPage(c, text(c, "factor.demand.title")), owner, before, chosen, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "demand-form", Component: account.DemandFields(owner, before, chosen, errs)})
	}
}

func (d door) userSecondFactor(c echo.Context) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	page := usersPage(c, text(c, "factor.member.confirm_title", "Name", m.Name))
	return respond.HTML(c, http.StatusOK, account.UserSecondFactor(page, m))
}

func (d door) takeOffSecondFactor(c echo.Context) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	if err := d.accounts.TakeOffSecondFactor(c.Request().Context(), middleware.MustUser(c), m.ID); err != nil {
		return err
	}
	respond.Flash(c, "factor.member.done", "Name", m.Name)
	return respond.SeeOther(c, paths.User(m.ID))
}
