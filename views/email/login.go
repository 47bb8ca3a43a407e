package email

import (
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
)

// Login is whom a letter about a login is for.
type Login struct {
	Locale i18n.Locale
	Name   string
	Zone   *time.Location // of a business the user works in; UTC when there is none
	Base   paths.Base
}

// letter is what all letters about a login have in common: key is that of their texts, args are for those.
func (to Login) letter(key string, args ...any) Letter {
	l := to.Locale
	return Letter{
		Locale: l, Business: l.T("common.program"),
		Subject: l.T("login_email."+key+".subject", args...),
		Preview: l.T("login_email."+key+".preview", args...),
		Heading: l.T("login_email."+key+".heading", args...),
		Body: []templates.Paragraph{
			templates.Plain(l.T("email.greeting", "Name", to.Name)), templates.Plain(l.T("login_email."+key+".lead", args...)),
			templates.Block(templates.Facts), templates.Block(templates.Button), templates.Block(templates.Other),
		},
	}
}

// note adds small print.
func (l *Letter) note(texts ...string) {
	for _, text := range texts {
		l.Body = append(l.Body, templates.SmallPrint(text))
	}
}

// moment names the zone, too: whoever reads it may be elsewhere.
func (to Login) moment(at time.Time) string {
	local := at.In(to.Zone)
	return i18n.Capital(to.Locale.LongDate(local)) + ", " + to.Locale.Time(local) + " (" + to.Zone.String() + ")"
}

func (to Login) until(at time.Time) []Fact {
	return []Fact{{to.Locale.T("login_email.fact.until"), to.moment(at)}}
}

// PasswordLink leads to the page where the user sets a new password.
func PasswordLink(to Login, path string, until time.Time) Letter {
	letter := to.letter("password_link")
	letter.Facts = to.until(until)
	letter.Button = Link{to.Locale.T("login_email.password_link.button"), to.Base.Abs(path)}
	letter.note(to.Locale.T("login_email.password_link.once"), to.Locale.T("login_email.password_link.ignore"))
	letter.Why = to.Locale.T("login_email.why.login")
	return letter
}

// Invitation leads to the page where somebody takes the role of an invitation.
func Invitation(to Login, business, role, path string, until time.Time) Letter {
	l := to.Locale
	letter := to.letter("invitation", "Business", business)
	letter.Business = business
	letter.Facts = append([]Fact{{l.T("account.field.role"), l.T("common.role." + role)}}, to.until(until)...)
	letter.Button = Link{l.T("login_email.invitation.button"), to.Base.Abs(path)}
	letter.note(l.T("login_email.invitation.known"), l.T("login_email.invitation.ignore", "Business", business))
	letter.Why = l.T("login_email.why.invited", "Business", business)
	return letter
}

// EmailNew asks at the new address whether it is the user's.
func EmailNew(to Login, path string, until time.Time) Letter {
	letter := to.letter("email_new")
	letter.Facts = to.until(until)
	letter.Button = Link{to.Locale.T("login_email.email_new.button"), to.Base.Abs(path)}
	letter.note(to.Locale.T("login_email.email_new.both"), to.Locale.T("login_email.email_new.ignore"))
	letter.Why = to.Locale.T("login_email.why.entered")
	return letter
}

// EmailOld asks at the address a user has whether they want another.
func EmailOld(to Login, fresh, path string, until time.Time) Letter {
	letter := to.letter("email_old")
	letter.Facts = append([]Fact{{to.Locale.T("login_email.fact.new_address"), fresh}}, to.until(until)...)
	letter.Button = Link{to.Locale.T("login_email.email_old.button"), to.Base.Abs(path)}
	letter.note(to.Locale.T("login_email.email_old.both"), to.Locale.T("login_email.email_old.stop"))
	letter.Why = to.Locale.T("login_email.why.login")
	return letter
}
