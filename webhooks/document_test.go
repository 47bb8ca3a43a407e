package webhooks_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/webhooks"
)

func TestTheDocumentListsEveryEventInTheWordsOfThePages(t *testing.T) {
	text, err := os.ReadFile("../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	seen := map[string]bool{}
	for _, e := range webhooks.Events() {
		if seen[e.Type] || !regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`).MatchString(e.Type) || len(e.Type) > 48 {
			t.Errorf("%q is no type, or there twice", e.Type)
		}
		seen[e.Type] = true
		want = append(want, fmt.Sprintf("| `%s` | %s |", e.Type, i18n.For("en").T("webhooks.event."+e.Type)))
	}
	_, rest, _ := strings.Cut(string(text), "| type | what happened |\n| --- | --- |\n")
	table, _, _ := strings.Cut(rest, "\n\n")
	if got := strings.Split(table, "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("docs/webhooks.md lists\n%s\nwant\n%s", table, strings.Join(want, "\n"))
	}
	if total := len(strings.Join(typesOf(), " ")); total > 2000 {
		t.Errorf("all types together have %d characters, more than the column takes", total)
	}
}

func typesOf() (all []string) {
	for _, e := range webhooks.Events() {
		all = append(all, e.Type)
	}
	return all
}

func TestEveryReasonAndGroupHasWords(t *testing.T) {
	for _, tag := range []string{"en", "de"} {
		for _, class := range webhooks.Classes() {
			if text := i18n.For(tag).T("webhooks.class."+class, "Status", "500"); text == "" {
				t.Errorf("%s: %s has no words", tag, class)
			}
		}
		for _, e := range webhooks.Events() {
			if text := i18n.For(tag).T("webhooks.group." + e.Group); text == "" {
				t.Errorf("%s: %s has no words", tag, e.Group)
			}
		}
	}
}
