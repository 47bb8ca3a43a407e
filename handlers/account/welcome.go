package account

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

// welcome is the step that the address names, else the first that is open.
func (d door) welcome(c echo.Context) error {
	step := business.Step(c.QueryParam("step"))
	if !slices.Contains(business.Steps(), step) && step != account.StepReady {
		step = ""
	}
	w, err := d.firstRun(c, step)
	if err != nil {
		return err
	}
	return respond.NewForm(showWelcome(c, w))
}

// firstRun reads how far it has come, with fresh forms: the first staff member is most likely whoever signs up.
func (d door) firstRun(c echo.Context, step business.Step) (w account.WelcomePage, err error) {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	w = account.WelcomePage{Step: step, Slug: user.Slug, Join: d.base.Abs(paths.Join(user.Slug))}
	if w.Guide, err = d.business.Guide(ctx, user.TenantID); err != nil {
		return w, err
	}
	if w.Step == "" {
		w.Step = w.Guide.Next()
	}
	switch w.Step {
	case business.StepProfile:
		w.Profile, err = d.business.Profile(ctx, user.TenantID)
	case business.StepHours:
		w.Hours, err = d.week(c)
	case business.StepServices, business.StepTeam:
		err = d.people(c, &w)
	case business.StepOffers:
		w.Offers, err = d.business.OfferSettings(ctx, user.TenantID)
	case "":
		w.Step = account.StepReady
	}
	return w, err
}

// people reads services and staff members, and forms for one more.
func (d door) people(c echo.Context, w *account.WelcomePage) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	services, err := d.business.Services(ctx, user.TenantID)
	if err != nil {
		return err
	}
	staff, err := d.business.StaffMembers(ctx, user.TenantID)
	if err != nil {
		return err
	}
	around, service, err := d.business.NewService(ctx, user.TenantID)
	if err != nil {
		return err
	}
	_, member, err := d.business.NewStaffMember(ctx, user.TenantID)
	if err != nil {
		return err
	}
	w.Services, w.Staff, w.Currency, w.Service, w.Member = services.Active, staff.Active, around.Currency, service, member
	w.Service.Press, w.Member.Press = seal.PublicID(), seal.PublicID()
	if len(w.Staff) == 0 {
		w.Member.Name = user.Name
	}
	return nil
}

func showWelcome(c echo.Context, w account.WelcomePage) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, account.Welcome(respond.Page(c, text(c, "guide.title")), w, errs))
	}
}

// onward goes to the step behind one that was done or put off.
func (d door) onward(c echo.Context, step business.Step) error {
	g, err := d.business.Guide(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	next := g.After(step)
	if next == "" {
		next = account.StepReady
	}
	return respond.SeeOther(c, account.StepPath(next))
}

func (d door) skipStep(c echo.Context) error {
	step := business.Step(c.FormValue("step"))
	if err := d.business.SkipStep(c.Request().Context(), middleware.MustUser(c).Staff(), step); err != nil {
		return err
	}
	return d.onward(c, step)
}

func (d door) dismissGuide(c echo.Context) error {
	if err := d.business.DismissGuide(c.Request().Context(), middleware.MustUser(c).Staff()); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.WelcomeRecall, "guide.dismissed")
	return respond.SeeOther(c, paths.Admin)
}

func (d door) recallGuide(c echo.Context) error {
	if err := d.business.RecallGuide(c.Request().Context(), middleware.MustUser(c).Staff()); err != nil {
		return err
	}
	return respond.SeeOther(c, paths.Welcome)
}
