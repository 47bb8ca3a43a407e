package counter_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// stocked is a shop with one of everything, and the paths that lead to it: those of pages, and those that take a POST.
func stocked(t *testing.T) (s *shop, pages, acts []string) {
	t.Helper()
	s = open(t)
	booking := s.books("Elena", s.today, 12*60)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	offer := s.offer("Amara").ID
	entry := s.adds("Bela")
	pages = []string{
		paths.Counter, paths.Day("2027-03-01"), paths.NewSlot, paths.NewBooking, paths.NewBooking + "?busy=on", paths.NewEntry,
		paths.NewBooking + "?entry=" + entry, paths.Slot(slot), paths.SlotOffer(slot) + "?entry=" + entry, paths.CounterBooking(booking), paths.CounterEntry(entry),
	}
	acts = []string{
		paths.SlotWithdrawal(slot), paths.SlotRestoration(slot), paths.SlotOffer(slot) + "?entry=" + entry,
		paths.CounterOfferAcceptance(offer), paths.CounterOfferDecline(offer), paths.CounterOfferWithdrawal(offer), paths.CounterOfferRestoration(offer),
		paths.CounterBookingCancellation(booking), paths.CounterBookingRestoration(booking), paths.CounterBookingCompletion(booking), paths.CounterBookingNoShow(booking),
		paths.CounterEntry(entry), paths.CounterEntryPriority(entry), paths.CounterEntryConfirmation(entry), paths.CounterEntryPause(entry),
		paths.CounterEntryReturn(entry), paths.CounterEntryRemoval(entry),
	}
	return s, pages, acts
}

// everything is a checksum of each table but that of sessions, which note when they were used.
func (s *shop) everything() string {
	s.T.Helper()
	rows, err := s.DB.Pool().QueryContext(s.Context(), "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> 'sessions' ORDER BY 1")
	s.check(err)
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var table string
		s.check(rows.Scan(&table))
		tables = append(tables, table)
	}
	s.check(rows.Err())
	sums := ""
	for _, table := range tables {
		var name, sum string
		s.check(s.DB.Pool().QueryRowContext(s.Context(), "CHECKSUM TABLE `"+table+"`").Scan(&name, &sum))
		sums += name + " " + sum + "\n"
	}
	return sums
}

func TestLookingChangesNothing(t *testing.T) {
	s, pages, _ := stocked(t)
	before := s.everything()
	for _, path := range pages {
		for _, method := range []string{"GET", "HEAD"} {
			if a := s.ask(method, path, nil); a.status != http.StatusOK {
				t.Errorf("%s %s: status %d", method, path, a.status)
			}
		}
	}
	if after := s.everything(); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
}

func TestWhatIsAnothersBusinessIsNotThere(t *testing.T) {
	s, pages, acts := stocked(t)
	s.enter(s.session("studio-sued", "bob@example.org"))
	before := s.everything()
	for _, path := range pages[6:] { // the others have no id
		if a := s.get(path); a.status != http.StatusNotFound {
			t.Errorf("GET %s: status %d", path, a.status)
		}
	}
	for _, path := range acts {
		if a := s.ask("POST", path, url.Values{"reason": {"Mine"}, "priority": {"1"}}); a.status != http.StatusNotFound {
			t.Errorf("POST %s: status %d", path, a.status)
		}
	}
	for _, path := range pages[:6] {
		s.page(path).silent("Amara", "Bela", "Elena", "Mia")
	}
	if after := s.everything(); after != before {
		t.Error("something changed all the same")
	}
}

func TestNobodyComesInWithoutASession(t *testing.T) {
	s, pages, acts := stocked(t)
	s.client.Jar = nil
	for _, path := range append(pages, acts...) {
		if a := s.get(path); a.status != http.StatusSeeOther && a.status != http.StatusMethodNotAllowed && a.status != http.StatusNotFound {
			t.Errorf("GET %s: status %d", path, a.status)
		}
	}
	for _, path := range acts {
		if a := s.ask("POST", path, url.Values{}); a.status != http.StatusSeeOther || a.header.Get("Location") == path {
			t.Errorf("POST %s: status %d", path, a.status)
		}
	}
}

func TestAnotherSitesFormsAreRefused(t *testing.T) {
	s, _, acts := stocked(t)
	before := s.everything()
	for _, path := range append(acts, paths.Slots, paths.Bookings, paths.Entries) {
		if a := s.ask("POST", path, url.Values{}, "Origin", "https://evil.example"); a.status != http.StatusForbidden {
			t.Errorf("%s: status %d", path, a.status)
		}
	}
	if s.everything() != before {
		t.Error("something changed all the same")
	}
}

func TestIdsThatCannotBeAreNotThere(t *testing.T) {
	s := open(t)
	for _, id := range []string{"x", url.PathEscape("😀"), url.PathEscape("' OR '1'='1"), url.PathEscape("\u202e"), "%FF", "%00", url.PathEscape(hostile[4])} {
		for _, path := range []string{"/counter/slots/", "/counter/bookings/", "/counter/entries/"} {
			if a := s.get(path + id); a.status != http.StatusNotFound {
				t.Errorf("%s%.20s: status %d", path, id, a.status)
			}
		}
	}
}

func TestEveryPageIsThereInBothLanguages(t *testing.T) {
	s, pages, _ := stocked(t)
	for _, path := range pages {
		join := "?"
		if u, err := url.Parse(path); err == nil && u.RawQuery != "" {
			join = "&"
		}
		en, de := s.page(path+join+"lang=en"), s.page(path+join+"lang=de")
		if fmt.Sprint(en.text()) == fmt.Sprint(de.text()) || de.Find("html").AttrOr("lang", "")[:2] != "de" {
			t.Errorf("%s is the same in both", path)
		}
	}
}

func TestEveryPageIsValid(t *testing.T) {
	s, pages, _ := stocked(t)
	documents := map[string]string{
		"refused slot":    s.ask("POST", paths.Slots, s.slotForm(url.Values{"from": {"21:00"}})).body,
		"refused booking": s.ask("POST", paths.Bookings, s.bookingForm(url.Values{"email": {"x"}, "name": {"Amara"}})).body,
		"refused entry":   s.ask("POST", paths.Entries, s.entryForm(url.Values{"when": {"only"}, "email": {"x"}, "name": {"Amara"}})).body,
	}
	for _, path := range pages {
		documents[path] = s.page(path).body
	}
	browser.Valid(t, documents)
}
