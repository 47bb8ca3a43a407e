package public_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// everyGet are the pages of a business where one customer waits, one has an offer and one a booking.
func everyGet(s *site) []string {
	booking, offer, _ := s.booked("Amara")
	bela := s.joins("Bela", waitlist.Wishes{})
	s.opens(8)
	pending := s.OfferTo(bela)
	entry := s.Join("Cleo", "cleo@example.com", s.cut, waitlist.Wishes{}).Token
	return []string{
		paths.Join(slug), paths.JoinSent(slug), paths.JoinCode(slug),
		paths.Entry(entry), paths.EntryWishes(entry), paths.EntryLeaving(entry),
		paths.Offer(pending), paths.Offer(offer), paths.OfferEvent(offer),
		paths.Booking(booking), paths.BookingCancellation(booking), paths.BookingEvent(booking),
	}
}

// everything is a checksum of each table.
func (s *site) everything() map[string]string {
	s.t.Helper()
	rows, err := s.DB.Pool().Query("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	s.check(err)
	defer rows.Close()
	sums := map[string]string{}
	for rows.Next() {
		var table string
		s.check(rows.Scan(&table))
		sums[table] = ""
	}
	s.check(rows.Err())
	for table := range sums {
		var name, sum string
		s.check(s.DB.Pool().QueryRow("CHECKSUM TABLE `"+table+"`").Scan(&name, &sum))
		sums[table] = sum
	}
	return sums
}

func TestLookingChangesNothing(t *testing.T) {
	s := open(t)
	pages := everyGet(s)
	before := s.everything()
	for _, path := range pages {
		for _, method := range []string{"GET", "HEAD"} {
			if page := s.ask(method, path, nil); page.status != 200 {
				t.Errorf("%s %s: status %d", method, path, page.status)
			}
		}
	}
	if after := s.everything(); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("before %v\nafter  %v", before, after)
	}
}

func TestNoPageIsListedKeptOrToldToOthers(t *testing.T) {
	s := open(t)
	for _, path := range everyGet(s) {
		page := s.get(path)
		if page.header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s may be listed by search engines", path)
		}
		if path != paths.JoinCode(slug) && page.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept in caches", path)
		}
		// With no-referrer a browser on plain http would send its forms without an origin, and be refused.
		if policy := page.header.Get("Referrer-Policy"); policy != "same-origin" || page.has("meta[name=referrer]") {
			t.Errorf("%s is told to other sites, or refused by our own: %q", path, policy)
		}
	}
}

func TestAnotherSitesFormIsRefused(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	page := s.ask("POST", paths.OfferAcceptance(offer), url.Values{}, "Origin", "https://evil.example")
	if page.status != 403 {
		t.Errorf("status %d", page.status)
	}
	s.get(paths.Offer(offer)).says("Amara, an appointment came free")
}

func TestEveryPageIsThereInBothLanguages(t *testing.T) {
	s := open(t)
	for _, path := range everyGet(s) {
		if strings.HasSuffix(path, ".svg") || strings.HasSuffix(path, ".ics") {
			continue
		}
		en, de := s.get(path), s.get(path+"?lang=de")
		if en.status != 200 || de.status != 200 || en.title() == de.title() || de.Find("html").AttrOr("lang", "")[:2] != "de" {
			t.Errorf("%s: %d %q, %d %q", path, en.status, en.title(), de.status, de.title())
		}
		de.leadsTo(path + "?lang=en")
	}
}
