package public_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// states are the pages of the states that customers meet, by a name for their pictures.
func states(s *site) map[string]string {
	pages := map[string]string{"join": paths.Join(slug), "sent": paths.JoinSent(slug), "unknown": paths.Offer("x")}
	wishes := waitlist.Wishes{
		OnlyStaff: []string{s.mia}, Notice: 2 * time.Hour,
		Windows: []rules.Window{{Weekday: 3, From: 1020, To: 1440}, {Weekday: 5, From: 570, To: 615}},
	}
	leaver := s.joins("Lea", waitlist.Wishes{})
	s.opens(20)
	s.Send()
	pages["left"] = paths.Offer(s.OfferTo(leaver))
	s.check(s.W.Decline(s.t.Context(), s.OfferTo(leaver), false))

	booking, offer, entry := s.booked("Amara")
	pages["accepted"], pages["booking"], pages["entry-booked"] = paths.Offer(offer), paths.Booking(booking), paths.Entry(entry)
	pages["cancellation"] = paths.BookingCancellation(booking)

	late := s.joins("Gil", waitlist.Wishes{})
	s.opens(9)
	s.Send()
	pages["expired"] = paths.Offer(s.OfferTo(late))
	s.Pass(10*time.Minute + time.Second)
	s.Tick()
	s.check(s.W.PauseEntry(s.t.Context(), late.Token))
	pages["paused"] = paths.Entry(late.Token)

	pages["unconfirmed"] = paths.Entry(s.Join("Cleo", "cleo@example.com", s.cut, wishes).Token)
	waiter := s.joins("Dora", wishes)
	pages["waiting"], pages["wishes"], pages["leaving"] = paths.Entry(waiter.Token), paths.EntryWishes(waiter.Token), paths.EntryLeaving(waiter.Token)
	pages["unsubscribe"] = paths.Unsubscribe(s.Unsubscribe(waiter))
	amara := s.Unsubscribe(s.joins("Amara", waitlist.Wishes{})) // who has an appointment, too
	s.check(s.W.Unsubscribe(s.t.Context(), amara))
	pages["unsubscribed"] = paths.Unsubscribe(amara)
	elif := s.joins("Elif", waitlist.Wishes{})
	_, err := s.W.Suppress(s.t.Context(), s.Staff, waitlist.SuppressForm{Email: elif.Email, Reason: "They called"})
	s.check(err)
	pages["unwritten"] = paths.Unsubscribe(s.Unsubscribe(elif))
	open := s.joins("Bela", waitlist.Wishes{})
	s.opens(8)
	s.Send()
	pages["offer"], pages["offered"] = paths.Offer(s.OfferTo(open)), paths.Entry(open.Token)
	s.Pass(2 * time.Minute)
	return pages
}

func TestEveryPageIsAccessibleAndFitsEveryScreen(t *testing.T) {
	s := open(t)
	pages := states(s)
	b := browser.Start(t)
	for _, on := range []struct {
		name, language string
		screen         browser.Screen
		check          func(p *browser.Page)
	}{
		{"phone", "en", browser.Phone, (*browser.Page).Accessible},
		{"phone-dark", "de", browser.Phone.InTheDark(), (*browser.Page).Accessible},
		{"narrow", "de", browser.Screen{Width: 320, Height: 640, Touch: true}, (*browser.Page).Reachable},
		{"tablet", "en", browser.Tablet, (*browser.Page).Reachable},
		{"desktop-dark", "de", browser.Desktop.InTheDark(), (*browser.Page).Reachable},
	} {
		t.Run(on.name, func(t *testing.T) {
			p := b.Open(t, on.screen, s.server.URL+paths.Join(slug)+"?lang="+on.language)
			for state, path := range pages {
				p.Go(s.server.URL + path)
				p.Picture(state + "-" + on.name)
				p.Fits()
				on.check(p)
				if t.Failed() {
					t.Fatalf("the page was %s", state)
				}
			}
		})
	}
}

func TestEveryPageIsValidHTML(t *testing.T) {
	s := open(t)
	documents := map[string]string{}
	for state, path := range states(s) {
		documents[state] = s.get(path).body
	}
	refused := joining(s)
	refused.Set("email", "")
	refused.Set("who", "only")
	refused.Set("when", "only")
	documents["refused"] = s.ask("POST", paths.Join(slug), refused).body
	browser.Valid(t, documents)
}
