// Package account is the door of whoever comes in: the first page, signing up, logging in and out, and the logins of a business.
package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/paths"
)

type door struct {
	accounts *accounts.Accounts
	base     paths.Base
}

// Routes adds the pages for everybody, for those who work in a business and for those who manage it.
func Routes(everybody, working, managing *echo.Group, a *accounts.Accounts, base paths.Base) {
	d := door{accounts: a, base: base}
	everybody.POST(paths.Logout, d.logOut)
}
