package email

import (
	"slices"
	"time"

	"github.com/your-org/waitlist-management/paths"
)

// notices are what a user is told about their login afterwards; each has its texts under login_email.
var notices = []string{
	"password_changed", "email_changed", "factor_on", "factor_off", "passkey_added", "passkey_removed", "recovery_codes", "recovery_used",
	"ownership_given", "ownership_taken",
}

// Notice tells a user what happened to their login, and what to do when it wasn't them. known is false for a kind without texts.
func Notice(to Login, kind, business string, at time.Time) (letter Letter, known bool) {
	if !slices.Contains(notices, kind) {
		return Letter{}, false
	}
	l := to.Locale
	letter = to.letter(kind, "Business", business)
	letter.Facts = []Fact{{l.T("email.fact.when"), to.moment(at)}}
	letter.Button = Link{l.T("login_email.notice.button"), to.Base.Abs(paths.Account)}
	letter.Other = Link{l.T("login_email.notice.lost"), to.Base.Abs(paths.LostPassword)}
	letter.note(l.T("login_email.notice.not_you"))
	letter.Why = l.T("login_email.why.login")
	return letter, true
}
