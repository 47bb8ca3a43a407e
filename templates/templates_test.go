package templates

import (
	"slices"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/i18n"
)

// right are words of an offer without a fault.
var right = Words{Subject: "{{when}}: {{service}}", Heading: "Hello", Body: "Dear {{customer}},\n\n{{button}}\n\nBye"}

func TestEveryKindHasWordsInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		l := i18n.For(language.Tag)
		for _, k := range Kinds() {
			words := DefaultWords(k, l)
			if _, faults := Parse(k, Clean(words)); len(faults) > 0 || Clean(words) != words {
				t.Errorf("%s in %s: %+v in %+v", k, language.Tag, faults, words)
			}
			if strings.Contains(words.Subject+words.Preview+words.Heading+words.Body, "<no value>") {
				t.Errorf("%s in %s lacks a placeholder: %+v", k, language.Tag, words)
			}
		}
	}
}

func TestAFaultSaysWhereItIs(t *testing.T) {
	for _, c := range []struct {
		what string
		edit func(*Words)
		want Fault
	}{
		{"a name that is none", func(w *Words) { w.Body += "\n\nDear {{ custommer }}" }, Fault{Field: Body, Line: 7, Code: Unknown, Name: "custommer"}},
		{"a name of another kind", func(w *Words) { w.Subject = "{{next}}" }, Fault{Field: Subject, Line: 1, Code: Unknown, Name: "next"}},
		{"a section", func(w *Words) { w.Body = "{{#customer}}\n" + w.Body }, Fault{Field: Body, Line: 1, Code: Section, Name: "customer"}},
		{"the end of a section", func(w *Words) { w.Body += "\n{{/customer}}" }, Fault{Field: Body, Line: 6, Code: Section, Name: "customer"}},
		{"an inverted section", func(w *Words) { w.Subject = "{{^customer}}" }, Fault{Field: Subject, Line: 1, Code: Section, Name: "customer"}},
		{"a partial", func(w *Words) { w.Body += "{{> /etc/passwd }}" }, Fault{Field: Body, Line: 5, Code: Partial, Name: "/etc/passwd"}},
		{"three braces", func(w *Words) { w.Body += "{{{customer}}}" }, Fault{Field: Body, Line: 5, Code: Unescaped, Name: "customer"}},
		{"an ampersand", func(w *Words) { w.Heading = "{{& customer}}" }, Fault{Field: Heading, Line: 1, Code: Unescaped, Name: "customer"}},
		{"a comment", func(w *Words) { w.Preview = "{{! hidden }}" }, Fault{Field: Preview, Line: 1, Code: Comment}},
		{"other braces", func(w *Words) { w.Body += "\n{{=<% %>=}}" }, Fault{Field: Body, Line: 6, Code: Delimiters}},
		{"nothing in the braces", func(w *Words) { w.Body += "\n\n\n{{ }}" }, Fault{Field: Body, Line: 8, Code: Nameless}},
		{"braces left open", func(w *Words) { w.Body += "\n\n{{customer" }, Fault{Field: Body, Line: 7, Code: Unclosed}},
		{"a look into a value", func(w *Words) { w.Body += "\n{{customer.name}}" }, Fault{Field: Body, Line: 6, Code: Unknown, Name: "customer.name"}},
		{"the value itself", func(w *Words) { w.Body += "\n{{.}}" }, Fault{Field: Body, Line: 6, Code: Unknown, Name: "."}},
		{"a block within a line", func(w *Words) { w.Body += "\nSee {{facts}}" }, Fault{Field: Body, Line: 6, Code: NotAlone, Name: "facts"}},
		{"a block in the subject", func(w *Words) { w.Subject = "{{button}}" }, Fault{Field: Subject, Line: 1, Code: NotHere, Name: "button"}},
		{"no way to the offer", func(w *Words) { w.Body = "Call us, {{customer}}!" }, Fault{Field: Body, Code: Missing, Name: "button"}},
		{"no subject", func(w *Words) { w.Subject = " " }, Fault{Field: Subject, Code: Empty}},
		{"no body", func(w *Words) { w.Body = "" }, Fault{Field: Body, Code: Empty}},
		{"too long a subject", func(w *Words) { w.Subject = strings.Repeat("ä", LineMax+1) }, Fault{Field: Subject, Code: TooLong, Max: LineMax}},
		{"a hundred kilobytes", func(w *Words) { w.Body += strings.Repeat("x", 100<<10) }, Fault{Field: Body, Code: TooLong, Max: BodyMax}},
	} {
		w := right
		c.edit(&w)
		if tmpl, faults := Parse(Offer, w); tmpl != nil || !slices.Equal(faults, []Fault{c.want}) {
			t.Errorf("%s: %+v, want %+v", c.what, faults, c.want)
		}
	}
	if _, faults := Parse(Offer, right); faults != nil {
		t.Errorf("right words are refused: %+v", faults)
	}
}

func TestTheLibraryWouldRefuseWhatTheFirstLookOversaw(t *testing.T) {
	for _, text := range []string{"{{#a}}x{{/a}}", "{{>a}}", "{{^a}}{{/a}}"} {
		if _, err := compile(text); err == nil {
			t.Errorf("%q is compiled", text)
		}
	}
}

func TestWordsBecomeParagraphsAndBlocks(t *testing.T) {
	w := right
	w.Body = "Dear {{customer}},\n\ncome in: https://example.org/way?a=b. {{ service }}\nis waiting\n  {{facts}}  \n\n\n\n{{button}}\nSmall {{until}}\n\nprint"
	tmpl, faults := Parse(Offer, w)
	if faults != nil {
		t.Fatal(faults)
	}
	got := tmpl.Fill(Values{"customer": "Amara", "service": "Cut", "when": "Mon", "until": "12:00"})
	want := []Paragraph{
		Plain("Dear Amara,"),
		{Runs: []Run{{Text: "come in: "}, {URL: "https://example.org/way?a=b"}, {Text: ". Cut\nis waiting"}}},
		Block(Facts), Block(Button), SmallPrint("Small 12:00"), SmallPrint("print"),
	}
	if !slices.EqualFunc(got.Body, want, func(a, b Paragraph) bool {
		return a.Block == b.Block && a.Small == b.Small && slices.Equal(a.Runs, b.Runs)
	}) {
		t.Errorf("got %+v\nwant %+v", got.Body, want)
	}
	if got.Subject != "Mon: Cut" || got.Preview != "" || got.Heading != "Hello" {
		t.Errorf("%+v", got)
	}
}

func TestAValueIsNothingButText(t *testing.T) {
	evil := "{{until}} {{#x}}\r\nBcc: all@example.org\n\n{{button}}\n\u202e<b>&amp;\u2028https://evil.example"
	tmpl, faults := Parse(Offer, Words{Subject: "{{customer}}", Heading: "h", Body: "A {{customer}} B\n\n{{button}}"})
	if faults != nil {
		t.Fatal(faults)
	}
	const harmless = "{{until}} {{#x}} Bcc: all@example.org {{button}} <b>&amp; https://evil.example"
	got := tmpl.Fill(Values{"customer": evil, "until": "never"})
	if got.Subject != harmless || len(got.Body) != 2 || len(got.Body[0].Runs) != 1 || got.Body[0].Text() != "A "+harmless+" B" || got.Body[0].Runs[0].URL != "" {
		t.Errorf("got %+v", got)
	}
}

func TestAParagraphWithNothingToSayIsLeftOut(t *testing.T) {
	tmpl, _ := Parse(Cancelled, Words{Subject: "s", Heading: "h", Body: "{{next}}\n\n{{button}}"})
	if got := tmpl.Fill(Values{"next": " "}); len(got.Body) != 1 || got.Body[0].Block != Button {
		t.Errorf("got %+v", got.Body)
	}
}

func TestWhatAFormSendsIsMadeClean(t *testing.T) {
	got := Clean(Words{Subject: " a\r\nb\tc ", Body: "\r\n\r\none\r\ntwo\u202e\x00\xff\r\r"})
	if got != (Words{Subject: "a b c", Body: "one\ntwo"}) {
		t.Errorf("got %q", got)
	}
}
