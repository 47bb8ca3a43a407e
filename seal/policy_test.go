package seal

import (
	"strings"
	"testing"
)

func TestPasswordsAreJudgedByLengthThenGuessing(t *testing.T) {
	const short, long, common, personal = "problem.password_short", "problem.password_long", "problem.password_common", "problem.password_personal"
	for _, c := range []struct{ password, want string }{
		{"", short},
		{"password", short}, // length comes first
		{"tr4ktor-b", short},
		{"tr4ktor-bx", ""},
		{"äöüßäöüßä", short}, // nine characters, eighteen bytes
		{"zwölf Äpfel", ""},
		{strings.Repeat("wörter ", 25), ""},         // 200 bytes
		{strings.Repeat("wörter ", 25) + "x", long}, // 201
		{"password123", common},
		{"PassWort2026!", common},
		{"  iloveyou 123", common},
		{"!!Willkommen1", common},
		{"qwertyuiop", common},
		{"qwertzuiopü", common},
		{"Geheim!Geheim!", ""},
		{"p@ssw0rd2026", common},
		{"sunshine8842017", ""}, // more than six characters of its own
		{"sunshine884201", common},
		{"aaaaaaaaaaaa", common},
		{"abcabcabcabc", common},
		{"x7!qx7!qx7!q", common},
		{"x7!qpx7!qp", ""}, // a unit of five
		{"1234567890", common},
		{"0987654321", common},
		{"7890123456", common},
		{"cdefghijklm", common},
		{"zyxwvutsrqp", common},
		{"cdefghijkln", ""},
		{"x  q 7 k p", ""},
		{"Salon Sonnig", personal},
		{"salonsonnig2026", personal},
		{"1SalonSonnig!", personal},
		{"salonsonnig-hat-offen", ""},
		{"chefin@salon-sonnig.de", personal},
		{"chefin.2026", personal},
		{"chefinnen lachen gern", ""},
		{"dampfschifffahrt", ""},
		{"correct horse battery staple", common},
		{"\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009", common}, // nothing is left of it
	} {
		if got := PasswordProblem(c.password, "Salon Sonnig", "chefin@salon-sonnig.de", "", "Al"); got != c.want {
			t.Errorf("%q: %q, want %q", c.password, got, c.want)
		}
	}
}

func TestTheListOfCommonPasswordsCanBeHit(t *testing.T) {
	if len(common) < 300 {
		t.Errorf("only %d passwords are listed", len(common))
	}
	for listed := range common {
		if compact(listed) != listed {
			t.Errorf("%q is never compared with: passwords are judged as %q", listed, compact(listed))
		}
	}
}
