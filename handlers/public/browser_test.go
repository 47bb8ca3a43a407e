package public_test

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAnOfferIsAnsweredOnAPhoneWithoutScript(t *testing.T) {
	s := open(t)
	b := browser.Start(t)
	offer, _ := s.offered("Amara")
	p := b.Open(t, browser.Phone.WithoutScript(), s.server.URL+paths.Offer(offer))
	o, err := s.W.OfferPage(t.Context(), offer)
	s.check(err)
	p.SeeText(".wl-countdown", o.ShownUntil.In(s.Zone).Format("15:04"))
	p.Follow(`form[action$="/acceptance"] button`)
	p.SeeText("h1", "It's yours: ")

	bela := s.joins("Bela", waitlist.Wishes{})
	s.opens(8)
	p.Go(s.server.URL + paths.Offer(s.OfferTo(bela)))
	p.Click("main summary")
	p.Follow("button[value=keep]")
	p.SeeText("h1", "Thank you for telling us, Bela")
}

func TestThePageOfAnOfferFollowsTheTimeAsItRunsOut(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	o, err := s.W.OfferPage(t.Context(), offer)
	s.check(err)
	until := func(left time.Duration) { s.Pass(o.ShownUntil.Sub(s.Now()) - left) }

	b := browser.Start(t)
	until(4 * time.Second)
	p := b.Open(t, browser.Phone, s.server.URL+paths.Offer(offer))
	p.SeeText("[data-when=late]", "The time is up")
	p.Gone("[data-when=running]")
	p.SeeText("[data-left]", "0:00")
	p.See(`form[action$="/acceptance"] button`)

	until(4*time.Second - rules.Grace)
	p.Reload()
	p.SeeText("[data-when=over]", "This offer has ended.")
	p.Gone(`form[action$="/acceptance"] button`)
}

func TestSomebodyJoinsOnAPhone(t *testing.T) {
	for name, screen := range map[string]browser.Screen{"with script": browser.Phone, "without": browser.Phone.WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			p := browser.Start(t).Open(t, screen, s.server.URL+paths.Join(slug))
			p.Fill("#f-name", "Amara Okafor")
			p.Fill("#f-email", "amara@example") // a browser takes it for an address
			p.Click("#f-consent")
			p.Click("form#join > button.wl-btn-primary")
			p.See(`#f-email[aria-invalid="true"]`)
			if p.Value("#f-name") != "Amara Okafor" {
				t.Errorf("the name became %q", p.Value("#f-name"))
			}
			p.Fill("#f-email", "amara@example.com")
			p.Click("form#join > button.wl-btn-primary")
			p.SeeText("h1", "Please check your email")
			if !strings.HasSuffix(p.URL(), paths.JoinSent(slug)) {
				t.Errorf("the page is %s", p.URL())
			}
			if names := s.names(); len(names) != 1 || names[0] != "Amara Okafor" {
				t.Errorf("on the list: %v", names)
			}
		})
	}
}

func TestTheFormOfWishesUnfoldsAsItIsAnswered(t *testing.T) {
	s := open(t)
	p := browser.Start(t).Open(t, browser.Phone, s.server.URL+paths.Join(slug))
	p.Click("main details > summary")
	p.Gone("#f-preferred-staff")
	p.Click("input[name=who][value=only]")
	p.SeeText("#f-only-staff", "Mia")
	p.Click("input[name=service][value='" + s.colour + "']")
	p.Wait(`!document.querySelector("#f-only-staff").textContent.includes("Mia")`)
	p.SeeText("#f-only-staff", "Jonas")
	p.Gone("#f-windows")
	p.Click("input[name=when][value=only]")
	p.Click("#f-windows + details > summary")
	p.Click("button[name=more]")
	p.Wait(`document.querySelectorAll("input[name^=window_from]").length === 4`)
	if names := s.names(); len(names) > 0 {
		t.Errorf("joined: %v", names)
	}
}

func TestEnterJoinsInsteadOfAskingForMoreLines(t *testing.T) {
	s := open(t)
	p := browser.Start(t).Open(t, browser.Desktop.WithoutScript(), s.server.URL+paths.Join(slug))
	p.Click("#f-consent")
	p.Fill("#f-name", "Amara")
	p.Fill("#f-email", "amara@example.com")
	p.Press("\r")
	p.SeeText("h1", "Please check your email")
}
