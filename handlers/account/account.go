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

// Routes adds the pages to a group that asks the policy.
func Routes(pages *echo.Group, a *accounts.Accounts, b *business.Business, base paths.Base, demo EnterDemo) {
	d := door{accounts: a, business: b, base: base, demo: demo}

	pages.GET(paths.Home, d.home)
	if demo != nil {
		pages.POST(paths.Demo, d.enterDemo)
	}
	pages.GET(paths.Signup, d.newSignUp)
	pages.POST(paths.Signup, d.signUp)
	pages.GET(paths.Login, d.newLogIn)
	pages.POST(paths.Login, d.logIn)
	pages.POST(paths.Logout, d.logOut)
	pages.GET(paths.LostPassword, d.newLostPassword)
	pages.POST(paths.LostPassword, d.lostPassword)
	pages.GET(paths.NewPasswordRoute, d.newPassword)
	pages.POST(paths.NewPasswordRoute, d.setPassword)
	pages.GET(paths.InvitationRoute, d.invitation)
	pages.POST(paths.InvitationRoute, d.acceptInvitation)

	pages.GET(paths.LoginCode, d.askCode)
	pages.POST(paths.LoginCode, d.finishByCode)
	pages.GET(paths.LoginRecovery, d.askRecoveryCode)
	pages.POST(paths.LoginRecovery, d.finishByRecoveryCode)
	pages.POST(paths.LoginPasskeyChallenge, d.askPasskeyLogIn)
	pages.POST(paths.LoginPasskey, d.passkeyLogIn)

	pages.GET(paths.SecondFactor, d.secondFactor)
	pages.GET(paths.SecondFactorStart, d.newSecondFactor)
	pages.POST(paths.SecondFactorStart, d.beginSecondFactor)
	pages.GET(paths.SecondFactorSetUp, d.setUpSecondFactor)
	pages.POST(paths.SecondFactorSetUp, d.confirmSecondFactor)
	pages.GET(paths.SecondFactorOff, d.secondFactorOff)
	pages.POST(paths.SecondFactorOff, d.switchOffSecondFactor)
	pages.GET(paths.RecoveryCodes, d.recoveryCodes)
	pages.GET(paths.RecoveryCodesFile, d.recoveryCodesFile)
	pages.POST(paths.RecoveryCodesKept, d.recoveryCodesKept)
	pages.GET(paths.RecoveryCodesNew, d.newRecoveryCodes)
	pages.POST(paths.RecoveryCodesNew, d.makeRecoveryCodes)
	pages.GET(paths.Passkeys, d.passkeys)
	pages.POST(paths.Passkeys, d.addPasskey)
	pages.POST(paths.PasskeyChallenge, d.askNewPasskey)
	pages.POST(paths.PasskeyProof, d.askPasskeyProof)
	pages.GET(paths.PasskeyRoute, d.passkey)
	pages.POST(paths.PasskeyRoute, d.renamePasskey)
	pages.GET(paths.PasskeyRemovalRoute, d.passkeyRemoval)
	pages.POST(paths.PasskeyRemovalRoute, d.removePasskey)

	pages.GET(paths.ChooseBusiness, d.businesses)
	pages.POST(paths.ChooseBusiness, d.enter)
	pages.GET(paths.Account, d.myAccount)
	pages.POST(paths.AccountProfile, d.changeProfile)
	pages.GET(paths.AccountPassword, d.newOwnPassword)
	pages.POST(paths.AccountPassword, d.changePassword)
	pages.GET(paths.AccountEmail, d.newEmail)
	pages.POST(paths.AccountEmail, d.beginEmailChange)
	pages.POST(paths.AccountEmailStop, d.dropEmailChange)
	pages.GET(paths.EmailChangeRoute, d.emailChange)
	pages.POST(paths.EmailAgreeRoute, d.agreeToEmailChange)
	pages.POST(paths.EmailStopRoute, d.stopEmailChange)
	pages.POST(paths.AccountSessions, d.endSession)
	pages.POST(paths.AccountOthers, d.endOtherSessions)
	pages.GET(paths.AccountLeaving, d.leaving)
	pages.POST(paths.AccountLeaving, d.leave)
	pages.GET(paths.AccountOwnership, d.ownership)
	pages.POST(paths.AccountOwnership, d.handOver)

	pages.GET(paths.Welcome, d.welcome)
	pages.POST(paths.WelcomeService, d.addFirstService)
	pages.POST(paths.WelcomeStaff, d.addFirstStaffMember)
	pages.POST(paths.WelcomeProfile, d.settleProfile)
	pages.POST(paths.WelcomeHours, d.settleHours)
	pages.POST(paths.WelcomeOffers, d.settleOffers)
	pages.POST(paths.WelcomeSkip, d.skipStep)
	pages.POST(paths.WelcomeDismissal, d.dismissGuide)
	pages.POST(paths.WelcomeRecall, d.recallGuide)
	pages.GET(paths.Users, d.users)
	pages.GET(paths.NewUser, d.newUser)
	pages.POST(paths.Users, d.invite)
	pages.POST(paths.InvitationRemovalRoute, d.takeBack)
	pages.POST(paths.InvitationSendRoute, d.sendInvitation)
	pages.GET(paths.UserRoute, d.user)
	pages.POST(paths.UserRoute, d.changeRole)
	pages.POST(paths.UserPasswordRoute, d.makePasswordLink)
	pages.GET(paths.SecondFactorDemand, d.secondFactorDemand)
	pages.POST(paths.SecondFactorDemand, d.demandSecondFactor)
	pages.GET(paths.UserSecondFactorRoute, d.userSecondFactor)
	pages.POST(paths.UserSecondFactorRoute, d.takeOffSecondFactor)
	pages.GET(paths.UserRemovalRoute, d.userRemoval)
	pages.POST(paths.UserRemovalRoute, d.removeUser)
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
