package account

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/layout"
)

// sections are the parts of the page of one's own login, in their order, each in a file of its own here and in views/account. A section that
// doesn't concern the user is nil.
var sections = []func(door, echo.Context) (templ.Component, error){
	door.profileSection,
	door.logInSection,
	door.secondFactorSection,
	door.passkeysSection,
	door.sessionsSection,
	door.businessesSection,
}

func (d door) myAccount(c echo.Context) error {
	var parts []templ.Component
	for _, section := range sections {
		part, err := section(d, c)
		if err != nil {
			return err
		}
		if part != nil {
			parts = append(parts, part)
		}
	}
	return respond.HTML(c, http.StatusOK, account.MyAccount(accountPage(c, text(c, "my_account.title")), parts...))
}

// accountPage is the frame of the pages about one's own login.
func accountPage(c echo.Context, title string) layout.Page {
	p := respond.Page(c, title)
	p.Nav = "account"
	return p
}

// backToAccount leads to the page of one's own login with a note.
func backToAccount(c echo.Context, key string, args ...any) error {
	respond.Flash(c, key, args...)
	return respond.SeeOther(c, paths.Account)
}
