package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) welcome(c echo.Context) error {
	w, err := d.firstRun(c)
	if err != nil {
		return err
	}
	switch step := c.QueryParam("step"); {
	case step == account.StepServices, len(w.Services) == 0:
		w.Step = account.StepServices
	case step == account.StepTeam, len(w.Staff) == 0:
		w.Step = account.StepTeam
	default:
		w.Step = account.StepReady
	}
	return respond.NewForm(showWelcome(c, w))
}

// firstRun reads what there is already, with fresh forms: the first staff member is most likely whoever signs up.
func (d door) firstRun(c echo.Context) (account.WelcomePage, error) {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	services, err := d.business.Services(ctx, user.TenantID)
	if err != nil {
		return account.WelcomePage{}, err
	}
	staff, err := d.business.StaffMembers(ctx, user.TenantID)
	if err != nil {
		return account.WelcomePage{}, err
	}
	around, service, err := d.business.NewService(ctx, user.TenantID)
	if err != nil {
		return account.WelcomePage{}, err
	}
	_, member, err := d.business.NewStaffMember(ctx, user.TenantID)
	if err != nil {
		return account.WelcomePage{}, err
	}
	w := account.WelcomePage{
		Services: services.Active, Staff: staff.Active, Currency: around.Currency, Service: service, Member: member,
		Join: d.base.Abs(paths.Join(user.Slug)),
	}
	w.Service.Press, w.Member.Press = seal.PublicID(), seal.PublicID()
	if len(w.Staff) == 0 {
		w.Member.Name = user.Name
	}
	return w, nil
}

func showWelcome(c echo.Context, w account.WelcomePage) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, account.Welcome(respond.Page(c, text(c, "account.welcome.title")), w, errs))
	}
}

func (d door) addFirstService(c echo.Context) error {
	w, err := d.firstRun(c)
	if err != nil {
		return err
	}
	w.Step = account.StepServices
	f := business.ServiceForm{
		Name: c.FormValue("name"), Duration: c.FormValue("duration"), Buffer: "0", Price: c.FormValue("price"), Press: c.FormValue("press"),
		PriceKind: string(rules.PriceAmount), Staff: w.Service.Staff, Locale: middleware.Locale(c),
	}
	if f.Price == "" {
		f.PriceKind = string(rules.PriceOnRequest)
	}
	if _, err := d.business.AddService(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		w.Service = f
		return respond.Form(c, err, showWelcome(c, w))
	}
	respond.Flash(c, "account.welcome.added", "Name", f.Name)
	return respond.SeeOther(c, account.StepPath(account.StepServices))
}

func (d door) addFirstStaffMember(c echo.Context) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	w, err := d.firstRun(c)
	if err != nil {
		return err
	}
	w.Step = account.StepTeam
	f := w.Member
	f.Name, f.Press = c.FormValue("name"), c.FormValue("press")
	if _, err := d.business.AddStaffMember(ctx, user.Staff(), f); err != nil {
		w.Member = f
		return respond.Form(c, err, showWelcome(c, w))
	}
	respond.Flash(c, "account.welcome.added", "Name", f.Name)
	return respond.SeeOther(c, account.StepPath(account.StepTeam))
}
