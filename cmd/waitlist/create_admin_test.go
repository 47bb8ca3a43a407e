package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/accounts"
)

func TestAnAdminIsCreatedFromFlagsEnvironmentOrAnswers(t *testing.T) {
	want := accounts.CreateAdmin{Business: "shop", Name: "Ada Moss", Email: "ada@example.com", Password: "four words in a row", Locale: "en"}
	for name, c := range map[string]struct {
		args        []string
		environment map[string]string
		typed       string
	}{
		"flags":       {[]string{"--business", "shop", "--name", "Ada Moss", "--email=ada@example.com"}, map[string]string{"ADMIN_PASSWORD": want.Password}, ""},
		"environment": {nil, map[string]string{"ADMIN_BUSINESS": "shop", "ADMIN_NAME": "Ada Moss", "ADMIN_EMAIL": "ada@example.com", "ADMIN_PASSWORD": want.Password}, ""},
		"answers":     {nil, nil, "shop\nAda Moss\r\nada@example.com\nfour words in a row"},
		"all three":   {[]string{"-business", "shop"}, map[string]string{"ADMIN_NAME": "Ada Moss", "ADMIN_BUSINESS": "other"}, "ada@example.com\nfour words in a row\n"},
	} {
		got, err := readAdmin(c.args, func(n string) string { return c.environment[n] }, strings.NewReader(c.typed), &strings.Builder{})
		if err != nil || got != want {
			t.Errorf("%s: got %+v (%v), want %+v", name, got, err, want)
		}
	}
}

func TestWithoutAnybodyToAnswerTheMissingPieceIsNamed(t *testing.T) {
	none := func(string) string { return "" }
	for _, c := range []struct{ typed, want string }{{"", "ADMIN_BUSINESS"}, {"shop\n", "ADMIN_NAME"}, {"shop\nAda\n", "ADMIN_EMAIL"}, {"shop\nAda\na@b.example\n", "ADMIN_PASSWORD"}} {
		if _, err := readAdmin(nil, none, strings.NewReader(c.typed), &strings.Builder{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("after %q: %v, want %s named", c.typed, err, c.want)
		}
	}
	for _, args := range [][]string{{"--password", "x"}, {"shop"}} {
		if _, err := readAdmin(args, none, strings.NewReader(""), &strings.Builder{}); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

func TestTheFirstAdminIsCreatedOnABareMachine(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	environment := []string{"DATA_DIR=" + dir, "ADMIN_PASSWORD=four words in a row", "ADMIN_EMAIL=ada@example.com", "ADMIN_NAME=Ada Moss"}
	create := func(args ...string) (string, int) {
		return runWith(t, environment, append([]string{"create-admin"}, args...)...)
	}

	if out, code := create("--business", "Moss and Daughters"); code != 1 || !strings.Contains(out, "zone: ") || !strings.Contains(out, "currency: ") || strings.Contains(out, "ada@example.com") {
		t.Errorf("a new business without zone and currency: status %d, %s", code, out)
	}
	if out, code := create("--business", "Moss and Daughters", "--zone", "Europe/Berlin", "--currency", "EUR"); code != 0 || !strings.Contains(out, `Founded the business "moss-and-daughters"`) || !strings.Contains(out, "owner") {
		t.Errorf("a new business: status %d, %s", code, out)
	}
	if out, code := create("--business", "moss-and-daughters", "--email", "bo@example.com"); code != 0 || strings.Contains(out, "Founded") || !strings.Contains(out, "as admin") {
		t.Errorf("one more person: status %d, %s", code, out)
	}

	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"bo@example.com"}, 0, "has no second factor"}, {[]string{"nobody@example.com"}, 1, "email: "}, {nil, 2, "usage: waitlist reset-second-factor EMAIL"},
	} {
		if out, code := runWith(t, environment, append([]string{"reset-second-factor"}, c.args...)...); code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("resetting the second factor of %v: status %d, %s", c.args, code, out)
		}
	}
}
