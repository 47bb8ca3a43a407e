package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

// pendingCookie keeps the random id of a log-in that waits for its second step. It is no session.
const pendingCookie = "log-in"

// comeIn goes on to next with the new session, or by way of the second step.
func (d door) comeIn(c echo.Context, in accounts.LoggedIn, next string) error {
	if in.Pending != "" {
		if err := middleware.SetCookie(c, pendingCookie, in.Pending, int(accounts.PendingMost.Seconds())); err != nil {
			return err
		}
		return respond.Leave(c, paths.LoginCodeThen(next))
	}
	if middleware.Cookie(c, pendingCookie) != "" {
		middleware.DropCookie(c, pendingCookie)
	}
	if in.Businesses > 1 && next == paths.Home {
		next = paths.ChooseBusiness
	}
	if in.Recovered {
		respond.Flash(c, "factor.login.recovered")
		next = paths.SecondFactor
	}
	return d.begin(c, in.Token, next)
}

func (d door) askCode(c echo.Context) error {
	return d.askSecondStep(c, d.showSecondStep(c, paths.Local(c.QueryParam("next"))))
}

func (d door) askRecoveryCode(c echo.Context) error {
	return d.askSecondStep(c, d.showRecovery(c, paths.Local(c.QueryParam("next"))))
}

// askSecondStep shows a form while the log-in waits, and else leads to its beginning.
func (d door) askSecondStep(c echo.Context, show respond.Show) error {
	err := d.accounts.PendingLogIn(c.Request().Context(), middleware.Cookie(c, pendingCookie))
	if problem.KindOf(err) == problem.Gone {
		return logInAgain(c)
	}
	if err != nil {
		return err
	}
	return respond.NewForm(show)
}

func (d door) finishByCode(c echo.Context) error { return d.finishLogIn(c, false, d.showSecondStep) }

func (d door) finishByRecoveryCode(c echo.Context) error {
	return d.finishLogIn(c, true, d.showRecovery)
}

func (d door) finishLogIn(c echo.Context, recovery bool, show func(echo.Context, string) respond.Show) error {
	next := paths.Local(c.FormValue("next"))
	in, err := d.accounts.FinishLogIn(c.Request().Context(), accounts.SecondStep{
		Pending: middleware.Cookie(c, pendingCookie), Code: c.FormValue("code"), Recovery: recovery, Address: c.RealIP(),
	})
	if problem.KindOf(err) == problem.Gone {
		return logInAgain(c)
	}
	if err != nil {
		return respond.Form(c, err, show(c, next))
	}
	return d.comeIn(c, in, next)
}

// logInAgain leads back to the beginning; whoever pressed twice is in by the first press.
func logInAgain(c echo.Context) error {
	if _, ok := middleware.User(c); ok {
		return respond.SeeOther(c, paths.Home)
	}
	middleware.DropCookie(c, pendingCookie)
	respond.Flash(c, "factor.login.over")
	return respond.SeeOther(c, paths.Login)
}

func (d door) showSecondStep(c echo.Context, next string) respond.Show {
	return func(status int, errs ui.Errors) error {
		f := account.SecondStepForm{Next: next, Site: d.accounts.Site(), Passkeys: d.accounts.PasskeysWork()}
		return respond.HTML(c, status, account.SecondStep(respond.Page(c, text(c, "factor.login.title")), f, errs))
	}
}

func (d door) showRecovery(c echo.Context, next string) respond.Show {
	return func(status int, errs ui.Errors) error {
		f := account.SecondStepForm{Next: next}
		return respond.HTML(c, status, account.Recovery(respond.Page(c, text(c, "factor.login.recovery_title")), f, errs))
	}
}
