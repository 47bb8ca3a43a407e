package ui

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
)

func show(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	return showIn(t, "en", c)
}

func showIn(t *testing.T, tag string, c templ.Component) *goquery.Document {
	t.Helper()
	var html strings.Builder
	if err := c.Render(i18n.With(t.Context(), i18n.For(tag)), &html); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// around renders a component that takes children with one inside.
func around(c templ.Component, inside string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, templ.Raw(inside)), w)
	})
}

func attr(t *testing.T, doc *goquery.Document, selector, name string) string {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() != 1 {
		t.Fatalf("%d of %s", found.Length(), selector)
	}
	return found.AttrOr(name, "")
}

func TestAFieldTiesItsHintAndErrorToItsInput(t *testing.T) {
	doc := show(t, Field{Label: "Email", Name: "email", Type: "email", Value: `a"b@example.org`, Hint: "Only for offers", Error: "No such address", Complete: "email"})
	id := attr(t, doc, "label", "for")
	if got := attr(t, doc, "input", "id"); got != id || id != FieldID("email") {
		t.Errorf("label for %q, input %q", id, got)
	}
	described := attr(t, doc, "input", "aria-describedby")
	for i, part := range strings.Fields(described) {
		if want := []string{"Only for offers", "No such address"}[i]; strings.TrimSpace(doc.Find("#"+part).Text()) != want {
			t.Errorf("%q says %q, want %q", part, doc.Find("#"+part).Text(), want)
		}
	}
	if len(strings.Fields(described)) != 2 {
		t.Errorf("described by %q", described)
	}
	if attr(t, doc, "input", "aria-invalid") != "true" || attr(t, doc, "input", "value") != `a"b@example.org` || attr(t, doc, "input", "autocomplete") != "email" {
		t.Error(doc.Html())
	}
}

func TestAFieldThatWasNotRefusedSaysNothingOfErrors(t *testing.T) {
	doc := show(t, Field{Label: "Name", Name: "name"})
	if doc.Find("[aria-invalid], [aria-describedby], .wl-error").Length() != 0 {
		t.Error(doc.Html())
	}
}

func TestOnlyOptionalFieldsAreNotRequired(t *testing.T) {
	for name, c := range map[string][2]templ.Component{
		"input":    {Field{Name: "a"}, Field{Name: "a", Optional: true}},
		"textarea": {TextArea{Name: "a"}, TextArea{Name: "a", Optional: true}},
		"select":   {Select{Name: "a"}, Select{Name: "a", Optional: true}},
	} {
		if show(t, c[0]).Find(name+"[required]").Length() != 1 {
			t.Errorf("%s: not required", name)
		}
		optional := showIn(t, "de", c[1])
		if optional.Find("[required]").Length() != 0 || !strings.Contains(optional.Find("label").Text(), "freiwillig") {
			t.Errorf("%s: optional, and %q", name, optional.Find("label").Text())
		}
	}
}

func TestAFieldsIDIsSafeForALink(t *testing.T) {
	if got := FieldID("windows[0].from"); got != "f-windows-0--from" {
		t.Errorf("got %q", got)
	}
}

func TestChoicesKeepWhatWasChosen(t *testing.T) {
	doc := show(t, Choices{Legend: "Days", Name: "day", Several: true, Error: "Choose one", Options: []Option{{Value: "1", Text: "Monday"}, {Value: "2", Text: "Tuesday", Chosen: true}}})
	if doc.Find("input[type=checkbox][name=day]").Length() != 2 || doc.Find("input[checked]").AttrOr("value", "") != "2" {
		t.Error(doc.Html())
	}
	if doc.Find("input[required]").Length() != 0 {
		t.Error("every checkbox of a group is required")
	}
	if id := attr(t, doc, "fieldset", "aria-describedby"); doc.Find("#"+id).Length() != 1 {
		t.Errorf("described by %q, which isn't there", id)
	}
}

func TestARefusedFormLinksToItsFields(t *testing.T) {
	errs := Errors{{Name: "email", Text: "No such address"}, {Text: "Nobody is there"}}
	doc := show(t, around(Form{ID: "f", Action: "/b/x", Press: "once", Live: true, Errors: errs}.Around(), ""))
	if attr(t, doc, ".wl-errors", "role") != "alert" || attr(t, doc, ".wl-errors a", "href") != "#"+FieldID("email") {
		t.Error(doc.Html())
	}
	if got := doc.Find(".wl-errors li").Length(); got != 2 {
		t.Errorf("%d errors", got)
	}
	if attr(t, doc, "input[name=press]", "value") != "once" || attr(t, doc, "form", "method") != "post" || attr(t, doc, "form", "action") != "/b/x" {
		t.Error(doc.Html())
	}
	if attr(t, doc, "form", "hx-target") != "#f" || attr(t, doc, "form", "hx-post") != "/b/x" {
		t.Error(doc.Html())
	}
}

func TestASearchFormChangesNothing(t *testing.T) {
	doc := show(t, around(Form{Action: "/x", Get: true, Live: true}.Around(), ""))
	if attr(t, doc, "form", "method") != "get" || doc.Find("[hx-post], [data-press]").Length() != 0 {
		t.Error(doc.Html())
	}
}

func TestErrorsOfSpeaksTheReadersLanguage(t *testing.T) {
	err := problem.Invalid(problem.Bad("email", "problem.required"))
	got := ErrorsOf(i18n.For("de"), errors.Join(errors.New("outer"), err))
	if len(got) != 1 || got.For("email") != "Bitte füllen Sie dieses Feld aus." || got.For("name") != "" {
		t.Errorf("got %v", got)
	}
	if got := ErrorsOf(i18n.For("en"), problem.New(problem.Conflict, "problem.kind.conflict")); len(got) != 1 || got[0].Name != "" || got[0].Text != "Somebody was faster" {
		t.Errorf("without a field: %v", got)
	}
	if got := ErrorsOf(i18n.For("en"), errors.New("disk full")); got != nil {
		t.Errorf("an internal error is shown: %v", got)
	}
}

func TestEveryStateHasItsWordsInBothLanguages(t *testing.T) {
	for of, states := range map[string]string{
		"slot":    "open held booked withdrawn lapsed",
		"offer":   "pending accepted declined expired withdrawn undeliverable",
		"entry":   "unconfirmed waiting offered booked paused left expired removed",
		"booking": "confirmed cancelled completed no_show",
		"walk_in": "waiting called serving done left no_show",
	} {
		for _, state := range strings.Fields(states) {
			for _, tag := range i18n.Tags() {
				if strings.TrimSpace(showIn(t, tag, State{Of: of, State: state}).Text()) == "" { // an unknown key panics
					t.Errorf("%s %s has no words", of, state)
				}
			}
		}
	}
}

func TestAButtonWithoutVisibleTextHasAName(t *testing.T) {
	doc := show(t, Button{Text: "Withdraw", For: "the offer to Mia", Bare: true})
	if got := strings.Join(strings.Fields(doc.Find("button").Text()), " "); got != "Withdraw the offer to Mia" && got != "Withdrawthe offer to Mia" {
		t.Errorf("its name is %q", got)
	}
	if attr(t, doc, "button", "type") != "submit" {
		t.Error("a button without a type")
	}
}

func TestTextsAreEscaped(t *testing.T) {
	doc := show(t, around(Ticket{Title: "<script>x</script>", Note: "<b>"}.Around(), ""))
	if doc.Find("script, b").Length() != 0 || !strings.Contains(doc.Text(), "<script>x</script>") {
		t.Error(doc.Html())
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"": "", "  ": "", "mia": "M", "Mia Berg": "MB", "élodie van der Åsen": "ÉÅ", "李 小龙": "李小"} {
		if got := Initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestTheRingIsWhatIsLeftOfTheWhole(t *testing.T) {
	now := time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		left, total time.Duration
		want        float64
	}{
		{10 * time.Minute, 10 * time.Minute, 100},
		{5 * time.Minute, 10 * time.Minute, 50},
		{-time.Second, 10 * time.Minute, 0},
		{12 * time.Minute, 10 * time.Minute, 100},
		{time.Minute, 0, 0},
	} {
		if got := (Countdown{Now: now, Until: now.Add(c.left), Total: c.total}).rest(); got != c.want {
			t.Errorf("%v of %v: %v, want %v", c.left, c.total, got, c.want)
		}
	}
}

func TestWithoutScriptACountdownSaysUntilWhen(t *testing.T) {
	now := time.Date(2026, 11, 26, 14, 0, 0, 0, time.FixedZone("", 3600))
	doc := showIn(t, "de", Countdown{Now: now, Until: now.Add(10 * time.Minute), Total: 10 * time.Minute, Big: true, Announce: true})
	if got := doc.Find("[data-left]").Text(); got != "14:10" {
		t.Errorf("left: %q", got)
	}
	if got := doc.Find("[data-caption]").Text(); got != "reserviert bis" {
		t.Errorf("caption: %q", got)
	}
	if got := attr(t, doc, "[data-countdown]", "data-countdown"); got != "2026-11-26T13:10:00.000Z" {
		t.Errorf("the script is told %q", got)
	}
	if got := attr(t, doc, "[data-countdown]", "data-say-60"); got != "Noch höchstens 1 Minute." {
		t.Errorf("a screen reader hears %q", got)
	}
}
