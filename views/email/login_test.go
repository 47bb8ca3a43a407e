package email

import (
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
)

func loginTo(l i18n.Locale) Login {
	return Login{Locale: l, Name: "Nora", Zone: business().Zone, Base: base}
}

// loginLetters are one of each kind to users.
func loginLetters(l i18n.Locale) map[string]Letter {
	to := loginTo(l)
	list := map[string]Letter{
		"password_link": PasswordLink(to, paths.NewPassword("token"), start),
		"invitation":    Invitation(to, "Studio Nord", "staff", paths.Invitation("token"), start),
		"email_new":     EmailNew(to, paths.EmailChange("token"), start),
		"email_old":     EmailOld(to, "nora@example.net", paths.EmailChange("token"), start),
	}
	for _, kind := range notices {
		list[kind], _ = Notice(to, kind, "Studio Nord", start)
	}
	return list
}

func TestAMomentSaysWhoseClockItGoesBy(t *testing.T) {
	letter := PasswordLink(loginTo(i18n.For("en")), paths.NewPassword("token"), start)
	if text := letter.Text(); !strings.Contains(text, "Saturday 28 March 2026, 15:00 (Europe/Berlin)") || !strings.Contains(text, "\nhttps://wait.example/password/token\n") {
		t.Errorf("it says %s", text)
	}
}

func TestANoticeOfAnUnknownKindIsNoLetter(t *testing.T) {
	if _, known := Notice(loginTo(i18n.For("en")), "surprise", "", start); known {
		t.Error("it has no texts, and was written")
	}
}
