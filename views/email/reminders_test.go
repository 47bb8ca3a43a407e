package email

import (
	"strconv"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
)

// reminderLetters are one of each kind that reminds, tells an end or thanks.
func reminderLetters(l i18n.Locale) map[string]Letter {
	unheard, passed := entryPage(), entryPage()
	unheard.State, passed.State = rules.EntryExpired, rules.EntryExpired
	passed.Now, passed.Wishes.LatestOn = start, rules.DateOf(start, passed.Business.Zone).AddDays(-1)
	return map[string]Letter{
		"offer-reminder": OfferReminder(paper(l), offerPage()), "moved-on": MovedOn(paper(l), offerPage()), "withdrawn": Withdrawn(paper(l), offerPage()),
		"expired": Expired(paper(l), unheard), "expired-passed": Expired(paper(l), passed), "reminder": Reminder(paper(l), bookingPage()), "thanks": Thanks(paper(l), bookingPage()),
	}
}

func TestAThankYouLinksEachNumberOfStarsToAPageThatKeepsNoneByItself(t *testing.T) {
	for _, tag := range []string{"en", "de"} {
		letter := Thanks(paper(i18n.For(tag)), bookingPage())
		_, doc := html(t, letter)
		marks := doc.Find("td.mark a")
		if marks.Length() != 5 {
			t.Fatalf("%d marks", marks.Length())
		}
		for n := 1; n <= 5; n++ {
			want := "https://wait.example/v/booking-token/rating?stars=" + strconv.Itoa(n)
			if got := marks.Eq(n-1).AttrOr("href", ""); got != want || !strings.Contains(letter.Text(), "\n"+want+"\n") {
				t.Errorf("mark %d leads to %q", n, got)
			}
		}
	}
}

func TestWhoseTimeEndedReadsWhy(t *testing.T) {
	letters := reminderLetters(i18n.For("en"))
	if a, b := letters["expired"].Highlight, letters["expired-passed"].Highlight; !strings.Contains(a, "didn’t hear") || !strings.Contains(b, "last day") {
		t.Errorf("%q, %q", a, b)
	}
	if to := letters["expired"].Button.URL; to != "https://wait.example/b/studio-nord" {
		t.Errorf("the button leads to %q", to)
	}
}

func TestWhoKeepsTheirPlaceIsLedThere(t *testing.T) {
	letters := reminderLetters(i18n.For("de"))
	for _, name := range []string{"moved-on", "withdrawn"} {
		if l := letters[name]; l.Button.URL != "https://wait.example/w/entry-token" || !strings.Contains(l.Text(), "Sie behalten Ihren Platz") {
			t.Errorf("%s: %s", name, l.Text())
		}
	}
}
