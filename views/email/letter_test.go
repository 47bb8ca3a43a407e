package email

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

const base = paths.Base("https://wait.example")

func paper(l i18n.Locale) Paper { return Paper{Locale: l, Base: base} }

func business() waitlist.Business {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return waitlist.Business{Slug: "studio-nord", Name: "Studio Nord", Zone: zone, Currency: "EUR", Locale: "de", Address: "Torggata 12\r\n0181 Oslo"}
}

// The day before the clocks go forward: UTC+1.
var start = time.Date(2026, 3, 28, 14, 0, 0, 0, time.UTC)

func offerPage() waitlist.OfferPage {
	return waitlist.OfferPage{
		Business: business(), Token: "offer-token", EntryToken: "entry-token", CustomerName: "Amara Okafor",
		ServiceName: "Cut & colour", StaffName: "Mia", Price: waitlist.Price{Kind: rules.PriceAmount, Minor: 6450, Currency: "EUR"},
		Start: start, End: start.Add(time.Hour), ShownUntil: start.Add(-3*time.Hour - 30*time.Second),
	}
}

func bookingPage() waitlist.BookingPage {
	return waitlist.BookingPage{
		Business: business(), Token: "booking-token", CustomerName: "Amara Okafor", State: rules.BookingConfirmed,
		ServiceName: "Cut & colour", StaffName: "Mia", Price: waitlist.Price{Kind: rules.PriceOnRequest},
		Start: start, End: start.Add(time.Hour),
	}
}

func entryPage() waitlist.EntryPage {
	return waitlist.EntryPage{
		Business: business(), Token: "entry-token", State: rules.EntryUnconfirmed, CustomerName: "Amara Okafor",
		Service: waitlist.ServiceChoice{Name: "Cut & colour"},
	}
}

// letters are one of each kind.
func letters(l i18n.Locale) map[string]Letter {
	joined, again := entryPage(), bookingPage()
	joined.State, again.WaitsAgain = rules.EntryWaiting, "again-token"
	stays := joined
	stays.StayAsked, stays.StaysUntil = true, start
	list := loginLetters(l)
	for name, letter := range map[string]Letter{
		"still-waiting": StillWaiting(paper(l), stays),
		"join":          Join(paper(l), entryPage()), "joined": Join(paper(l), joined), "offer": Offer(paper(l), offerPage()),
		"confirmed": Confirmed(paper(l), bookingPage()), "cancelled": Cancelled(paper(l), bookingPage()), "cancelled-waits": Cancelled(paper(l), again),
	} {
		list[name] = letter
	}
	maps.Copy(list, reminderLetters(l))
	return list
}

// said are the paragraphs of a letter.
func said(l Letter) (texts []string) {
	for _, p := range l.Body {
		texts = append(texts, p.Text())
	}
	return texts
}

func html(t *testing.T, l Letter) (string, *goquery.Document) {
	t.Helper()
	text, err := l.HTML(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return text, doc
}

// WAITLIST_LETTERS names a folder to write every letter to, for looking at them.
func TestEachLetterSaysTheSameInBothParts(t *testing.T) {
	for _, tag := range i18n.Tags() {
		for name, letter := range letters(i18n.For(tag)) {
			t.Run(tag+" "+name, func(t *testing.T) {
				raw, doc := html(t, letter)
				if dir := os.Getenv("WAITLIST_LETTERS"); dir != "" {
					if err := os.WriteFile(filepath.Join(dir, name+"."+tag+".html"), []byte(raw), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if lang, _ := doc.Find("html").Attr("lang"); lang != tag {
					t.Errorf("lang is %q", lang)
				}
				text, shown := letter.Text(), doc.Find("body").Text()
				for _, part := range append([]string{letter.Highlight, letter.Why, letter.Business, letter.Manage.Label, letter.Heading}, said(letter)...) {
					if !strings.Contains(text, part) && part != letter.Heading || !strings.Contains(shown, part) {
						t.Errorf("%q is missing in one of the parts", part)
					}
				}
				for _, fact := range letter.Facts {
					if !strings.Contains(text, fact.Label+": "+fact.Value) || !strings.Contains(shown, fact.Value) {
						t.Errorf("the fact %q is missing in one of the parts", fact.Label)
					}
				}
				doc.Find("a").Each(func(_ int, a *goquery.Selection) {
					if href := a.AttrOr("href", ""); !strings.HasPrefix(href, string(base)+"/") || !strings.Contains(text, "\n"+href+"\n") {
						t.Errorf("the link %q leads elsewhere or is missing in the text", href)
					}
				})
				if got := doc.Find("a").First().AttrOr("href", ""); got != letter.Button.URL && len(letter.Rating) == 0 {
					t.Errorf("the button leads to %q", got)
				}
			})
		}
	}
}

func TestTheOfferSaysAllThatIsNeededToDecide(t *testing.T) {
	for tag, want := range map[string][]string{
		"en": {"Sat 28 Mar, 15:00: Cut & colour is held for you until 11:59", "Held for you at least until 11:59",
			"Saturday 28 March 2026, 15:00–16:00", "Cut & colour", "Mia", "Torggata 12, 0181 Oslo", "€64.50",
			"https://wait.example/o/offer-token", "https://wait.example/w/entry-token"},
		"de": {"Sa, 28. März, 15:00: Cut & colour ist bis 11:59 für Sie frei", "Für Sie gehalten mindestens bis 11:59",
			"Samstag, 28. März 2026, 15:00–16:00", "64,50\u00a0€"},
	} {
		letter := Offer(paper(i18n.For(tag)), offerPage())
		all := letter.Subject + "\n" + letter.Text()
		for _, part := range want {
			if !strings.Contains(all, part) {
				t.Errorf("%s: %q is missing in\n%s", tag, part, all)
			}
		}
	}
}

func TestTheWayToSayNoIsTheSamePageAsTheWayToSayYes(t *testing.T) {
	letter := Offer(paper(i18n.For("en")), offerPage())
	if letter.Other.URL != letter.Button.URL {
		t.Errorf("no leads to %q, yes to %q: a mail scanner must not answer", letter.Other.URL, letter.Button.URL)
	}
}

func TestACancelledCustomerWaitsAgainOrIsShownTheWay(t *testing.T) {
	p := bookingPage()
	if got := Cancelled(paper(i18n.For("en")), p).Button.URL; got != "https://wait.example/b/studio-nord" {
		t.Errorf("without an entry the button leads to %q", got)
	}
	p.WaitsAgain = "again-token"
	letter := Cancelled(paper(i18n.For("en")), p)
	if letter.Button.URL != "https://wait.example/w/again-token" || !strings.Contains(letter.Highlight, "old place") {
		t.Errorf("with an entry: %q, %q", letter.Button.URL, letter.Highlight)
	}
}

func TestWhoIsOnTheListAlreadyIsNotAskedToConfirm(t *testing.T) {
	p := entryPage()
	p.State = rules.EntryPaused
	if got := Join(paper(i18n.For("en")), p); !strings.Contains(got.Subject, "You are on the waiting list") || strings.Contains(got.Text(), "Confirm my place") {
		t.Errorf("the subject is %q", got.Subject)
	}
}

func TestNamesCannotBecomeMarkup(t *testing.T) {
	p := offerPage()
	p.CustomerName = `<script>alert("x")</script>`
	p.ServiceName = `</td></table><img src=x onerror=y>`
	p.Business.Name = `"><style>body{display:none}</style>`
	raw, doc := html(t, Offer(paper(i18n.For("en")), p))
	if doc.Find("script, img, body style").Length() != 0 {
		t.Errorf("a name became markup:\n%s", raw)
	}
	if got := doc.Find("td.sender").Text(); got != p.Business.Name {
		t.Errorf("the business is shown as %q", got)
	}
}

func TestStylesAreOnTheElementsAndDarkStaysInTheHead(t *testing.T) {
	_, doc := html(t, Offer(paper(i18n.For("en")), offerPage()))
	if style := doc.Find("a.press").AttrOr("style", ""); !strings.Contains(style, "color:#ffffff") {
		t.Errorf("the button's style is %q", style)
	}
	head := doc.Find("head style").Text()
	if !strings.Contains(head, "prefers-color-scheme: dark") || !strings.Contains(head, "!important") {
		t.Errorf("the head's style is %q", head)
	}
}

func TestPricesAreToldAsTheyAre(t *testing.T) {
	for kind, want := range map[rules.PriceKind]string{rules.PriceFree: "Kostenlos", rules.PriceOnRequest: "Auf Anfrage"} {
		p := offerPage()
		p.Price = waitlist.Price{Kind: kind}
		if text := Offer(paper(i18n.For("de")), p).Text(); !strings.Contains(text, "Preis: "+want) {
			t.Errorf("%s: %s", kind, text)
		}
	}
}
