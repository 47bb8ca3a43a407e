// Package account is the door of whoever comes in: the first page, signing up, logging in and out, the first run of a business and its logins.
package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/layout"
)

type door struct {
	accounts *accounts.Accounts
	business *business.Business
	base     paths.Base
	demo     EnterDemo
}

// Routes adds the pages for everybody, for those who work in a business and for those who manage it.
func Routes(everybody, working, managing *echo.Group, a *accounts.Accounts, b *business.Business, base paths.Base, demo EnterDemo) {
	d := door{accounts: a, business: b, base: base, demo: demo}

	everybody.GET(paths.Home, d.home)
	if demo != nil {
		everybody.POST(paths.Demo, d.enterDemo)
	}
	everybody.GET(paths.Signup, d.newSignUp)
	everybody.POST(paths.Signup, d.signUp)
	everybody.GET(paths.Login, d.newLogIn)
	everybody.POST(paths.Login, d.logIn)
	everybody.POST(paths.Logout, d.logOut)
	everybody.GET(paths.LostPassword, d.lostPassword)
	everybody.GET(paths.NewPasswordRoute, d.newPassword)
	everybody.POST(paths.NewPasswordRoute, d.setPassword)
	everybody.GET(paths.InvitationRoute, d.invitation)
	everybody.POST(paths.InvitationRoute, d.acceptInvitation)

	working.GET(paths.ChooseBusiness, d.businesses)
	working.POST(paths.ChooseBusiness, d.enter)

	managing.GET(paths.Welcome, d.welcome)
	managing.POST(paths.WelcomeService, d.addFirstService)
	managing.POST(paths.WelcomeStaff, d.addFirstStaffMember)
	managing.GET(paths.Users, d.users)
	managing.GET(paths.NewUser, d.newUser)
	managing.POST(paths.Users, d.invite)
	managing.POST(paths.InvitationRemovalRoute, d.takeBack)
	managing.GET(paths.UserRoute, d.user)
	managing.POST(paths.UserRoute, d.changeRole)
	managing.POST(paths.UserPasswordRoute, d.makePasswordLink)
	managing.GET(paths.UserRemovalRoute, d.userRemoval)
	managing.POST(paths.UserRemovalRoute, d.removeUser)
}

func text(c echo.Context, key string, args ...any) string {
	return middleware.Locale(c).T(key, args...)
}

// private is the frame of a page whose address holds a token.
func private(c echo.Context, title string) layout.Page {
	p := respond.Page(c, title)
	p.Private = true
	return p
}
