package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// accept takes the offer that somebody has, after a while.
func (s *site) accept(who waitlisttest.Waiter, after time.Duration) {
	s.t.Helper()
	s.Send()
	s.Pass(after)
	s.check(s.W.Accept(s.Context(), s.OfferTo(who)))
}

// worked is a business with a week behind it: on Monday one slot opened and was taken after four minutes; on Tuesday one was declined by
// the first and taken by the second after six, and one was taken back. It is Tuesday, two in the afternoon.
func worked(t *testing.T) *site {
	t.Helper()
	s := open(t)
	cut, mia, _ := s.staffed()
	s.accept(s.opened(cut, mia, 3, "10:00"), 4*time.Minute)
	s.StartAt(time.Date(2027, 3, 2, 13, 0, 0, 0, s.Zone))
	first, second := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 3, "11:00", 45*time.Minute)
	s.Send()
	s.Pass(2 * time.Minute)
	s.check(s.W.Decline(s.Context(), s.OfferTo(first), true))
	s.accept(second, 4*time.Minute)
	slot := s.Open(mia, 3, "13:00", 45*time.Minute)
	s.check(s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	s.Pass(waitlist.UndoFor + time.Second)
	s.Tick()
	s.Wait(cut, waitlist.Wishes{EarliestOn: rules.Date{Year: 2027, Month: 6, Day: 1}})
	s.StartAt(time.Date(2027, 3, 2, 14, 0, 0, 0, s.Zone))
	return s
}

// opened is somebody who has just been offered a slot that opened for them.
func (s *site) opened(service, staff string, days int, clock string) waitlisttest.Waiter {
	s.t.Helper()
	who := s.Wait(service, waitlist.Wishes{})
	s.Open(staff, days, clock, 45*time.Minute)
	return who
}

// figure is the text of the tile with a label.
func (a answer) figure(label string) string {
	a.t.Helper()
	tile := a.Find(".wl-figure").FilterFunction(func(_ int, f *goquery.Selection) bool { return strings.TrimSpace(f.Find("h3").Text()) == label })
	if tile.Length() != 1 {
		a.t.Fatalf("%d tiles say %q", tile.Length(), label)
	}
	return strings.Join(tile.Find("p").Map(func(_ int, p *goquery.Selection) string { return strings.Join(strings.Fields(p.Text()), " ") }), " ")
}

func TestTheOverviewSaysWhatTheListBroughtIn(t *testing.T) {
	s := worked(t)
	for _, c := range []struct {
		days    int
		figures map[string]string
		sub     string
		rows    int
		made    string
		current string
	}{
		{1, map[string]string{
			"Money recovered": "€50.00 the same as yesterday by this time 1 appointment from an offer",
			"Fill rate":       "50% 50 points lower than yesterday by this time",
			"Time to fill":    "6 min 2 min slower than yesterday by this time",
			"Openings":        "2 1 more than yesterday by this time",
			"Of them filled":  "1 the same as yesterday by this time",
			"Waiting now":     "2 0 offers out · 0 slots open",
		}, "2 openings · 1 filled · 1 taken back", 15, "2 offers made", "Today"},
		{7, map[string]string{
			"Money recovered": "€100.00 €100.00 more than in the 7 days before 2 appointments from offers",
			"Fill rate":       "67% nothing to compare with",
			"Time to fill":    "5 min nothing to compare with",
			"Openings":        "3 3 more than in the 7 days before",
			"Of them filled":  "2 2 more than in the 7 days before",
			"Waiting now":     "2 0 offers out · 0 slots open",
		}, "3 openings · 2 filled · 1 taken back", 7, "3 offers made", "7 days"},
	} {
		at := paths.Figures(c.days)
		whole := s.page(at, "Overview").says("Tuesday 2 March · 1 appointment today", "Let customers join")
		part := s.ask(http.MethodGet, at, nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#figures")
		if part.status != http.StatusOK || part.Find("main").Length() != 0 || part.Find("section#figures").Length() != 1 {
			t.Fatalf("want the figures alone: %d\n%s", part.status, part.body)
		}
		for _, a := range []answer{whole, part} {
			for label, want := range c.figures {
				if got := a.figure(label); got != want {
					t.Errorf("%d days: %s is %q, want %q", c.days, label, got, want)
				}
			}
			a.says(c.sub, c.made)
			if rows := a.Find("#openings table tbody tr").Length(); rows != c.rows {
				t.Errorf("%d days: the table has %d rows, want %d", c.days, rows, c.rows)
			}
			if got := a.Find(".wl-segmented [aria-current]").Text(); got != c.current {
				t.Errorf("%d days: %q is marked", c.days, got)
			}
		}
		if c.days == 1 {
			continue
		}
		offers := whole.Find("#offers li").Map(func(_ int, li *goquery.Selection) string { return strings.Join(strings.Fields(li.Text()), " ") })
		want := []string{"Accepted 2 67%", "Declined 1 33%", "Expired 0 0%", "Withdrawn 0 0%", "Not delivered 0 0%", "Still out 0 0%"}
		if !slices.Equal(offers, want) {
			t.Errorf("offers: %q", offers)
		}
	}
}

func TestTheFiguresSpeakTheLanguageOfWhoReadsThem(t *testing.T) {
	s := worked(t)
	german := s.page(paths.Figures(7)+"&lang=de", "Überblick").says("Dienstag, 2. März · 1 Termin heute", "24. Feb. 2027 – 2. März 2027", "3 freie Zeiten · 2 vergeben · 1 zurückgezogen")
	for label, want := range map[string]string{
		"Zurückgewonnen": "100,00 € 100,00 € mehr als in den 7 Tagen davor 2 Termine aus Angeboten",
		"Vergabequote":   "67 % kein Vergleich möglich", "Freie Zeiten": "3 3 mehr als in den 7 Tagen davor",
	} {
		if got := german.figure(label); strings.ReplaceAll(got, "\u00a0", " ") != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

func TestMoneyThatIsNotCountedInIsNamed(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	s.accept(s.opened(cut, mia, 3, "10:00"), time.Minute)
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE services SET price_kind = 'on_request'")
	s.check(err)
	s.accept(s.opened(cut, mia, 3, "12:00"), time.Minute)
	if got := s.page(paths.Figures(1), "Overview").figure("Money recovered"); !strings.HasSuffix(got, "2 appointments from offers; 1 of them has no fixed price and isn't counted in") {
		t.Error(got)
	}
}

func TestWhereNothingOpenedThePageSaysWhatToDo(t *testing.T) {
	s := open(t)
	empty := s.page(paths.Admin, "Overview").says("Nothing opened in these 7 days")
	if empty.Find(`a[href="`+paths.NewSlot+`"]`).Length() != 0 {
		t.Error("it leads to a slot that nobody could give")
	}
	cut, _, _ := s.staffed()
	s.Wait(cut, waitlist.Wishes{})
	today := s.page(paths.Figures(1), "Overview").says("Nothing opened today")
	if today.Find(`#figures a[href="`+paths.NewSlot+`"]`).Length() != 1 || today.Find("figure").Length() != 0 {
		t.Error("no way to the first slot, or a chart of nothing")
	}
	if got := today.figure("Waiting now"); got != "1 0 offers out · 0 slots open" {
		t.Errorf("waiting: %q", got)
	}
}

func TestTheChartHasANameADescriptionAndItsNumbersAsATable(t *testing.T) {
	s := worked(t)
	page := s.page(paths.Figures(7), "Overview")
	picture := page.Find("#openings svg[role=img]")
	for _, id := range strings.Fields(picture.AttrOr("aria-labelledby", "")) {
		if picture.Find("#"+id).Text() == "" {
			t.Errorf("nothing says %s", id)
		}
	}
	if text := picture.Find("desc").Text(); text != "3 openings · 2 filled · 1 taken back. Most openings: 2, Tuesday 2 March." {
		t.Errorf("it is described as %q", text)
	}
	last := page.Find("#openings details tbody tr").Last()
	if got := strings.Join(last.Children().Map(func(_ int, c *goquery.Selection) string { return c.Text() }), "|"); got != "Tuesday 2 March|2|1|€50.00" {
		t.Errorf("the last row is %q", got)
	}
	if page.Find("[style]").Length() != 0 {
		t.Error("something carries a style, which the browser refuses")
	}
}

func TestOnlyOwnersAndAdminsSeeTheFigures(t *testing.T) {
	s := open(t)
	_, err := s.DB.Pool().ExecContext(s.Context(), "UPDATE memberships SET role = 'staff' WHERE role = 'admin'")
	s.check(err)
	for _, headers := range [][]string{nil, {"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#figures"}} {
		if got := s.ask(http.MethodGet, paths.Figures(7), nil, headers...); got.status != http.StatusForbidden || got.Find(".wl-figure").Length() != 0 {
			t.Errorf("staff get %d", got.status)
		}
	}
}
