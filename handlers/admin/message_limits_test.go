package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

func TestLimitsAndQuietHoursAreSetOnThePageOfSending(t *testing.T) {
	s := open(t)
	form := s.page(paths.MessagesSending, "Messages").says("0 emails in the last hour", "go out at any time", "at most 20 emails a day")
	s.leadsTo(s.press(form, paths.MessageQuietHours, url.Values{"quiet_from": {"22:00"}, "quiet_to": {"07:00"}, "night_openings": {"ask"}}), paths.MessagesSending)
	stale := s.press(form, paths.MessageLimits, url.Values{"messages_per_hour": {"500"}}) // made before the other was saved
	if stale.status != http.StatusConflict || stale.fields(paths.MessageLimits, nil).Get("messages_per_hour") != "500" {
		t.Errorf("a form made before answers %d", stale.status)
	}
	s.leadsTo(s.press(stale, paths.MessageLimits, url.Values{"messages_per_hour": {"500"}}), paths.MessagesSending) // and once more is meant
	s.page(paths.MessagesSending, "Messages").says("0 of 500 emails in the last hour", "An opening at 22:30 is offered at 07:00.", "less than 40 min after 07:00, it is offered at 22:30",
		"Once 500 emails went out within an hour, no new offer is made")
	s.page(paths.Settings, "Offers").says("Quiet hours are set under Messages").silent("Quiet from")
	s.page(paths.MessagesSending+"?lang=de", "Nachrichten").says("0 von 500 E-Mails", "Eine freie Zeit, die um 22:30 entsteht, wird um 07:00 angeboten.")
}

func TestThePageOfSendingSaysWhatIsMeantBeforeItIsSaved(t *testing.T) {
	s := open(t)
	form := s.get(paths.MessagesSending)
	for _, c := range []struct {
		action, part string
		typed        url.Values
		says         string
		status       int
	}{
		{paths.MessageQuietHours, "quiet-said", url.Values{"quiet_from": {"21:00"}, "quiet_to": {"08:00"}}, "An opening at 21:30 is offered at 08:00.", 200},
		{paths.MessageQuietHours, "quiet-said", url.Values{"quiet_from": {"12:00"}, "quiet_to": {"12:20"}}, "An opening at 12:10 is offered at 12:20.", 200},
		{paths.MessageQuietHours, "quiet-said", url.Values{"quiet_from": {"21:00"}, "quiet_to": {"08:00"}}, "that is too late, and it is offered to nobody", 200},
		{paths.MessageQuietHours, "quiet-said", url.Values{"quiet_from": {"9pm"}, "quiet_to": {"08:00"}}, "can't be read", 422},
		{paths.MessageLimits, "limits-said", url.Values{"messages_per_hour": {"1"}, "messages_per_day": {"1"}}, "Once 1 email went out", 200},
		{paths.MessageLimits, "limits-said", url.Values{"messages_per_hour": {""}, "messages_per_day": {"7"}}, "at most 7 emails a day", 200},
		{paths.MessageLimits, "limits-said", url.Values{"messages_per_hour": {"many"}}, "can't be read", 422},
	} {
		c.typed.Set("act", "preview")
		for _, a := range []answer{s.press(form, c.action, c.typed), s.pressLive(form, c.action, c.part, c.typed)} {
			if text := a.Find("#" + c.part).Text(); a.status != c.status || !strings.Contains(text, c.says) {
				t.Errorf("%v answers %d: %s", c.typed, a.status, text)
			}
		}
	}
	if f := s.get(paths.MessagesSending); f.fields(paths.MessageQuietHours, nil).Get("quiet_from") != "" || f.fields(paths.MessageLimits, nil).Get("messages_per_hour") != "" {
		t.Error("looking saved")
	}
}

func TestARefusedLimitKeepsItsInputOnPageAndPart(t *testing.T) {
	s := open(t)
	form := s.get(paths.MessagesSending)
	for action, c := range map[string]struct {
		part, field string
		bad         url.Values
	}{
		paths.MessageLimits:     {"limits-form", "messages_per_hour", url.Values{"messages_per_hour": {"100001"}, "messages_per_day": {"12"}}},
		paths.MessageQuietHours: {"quiet-form", "quiet_to", url.Values{"quiet_from": {"21:00"}, "quiet_to": {""}, "night_openings": {"ask"}}},
	} {
		for _, a := range []answer{s.press(form, action, c.bad).refuses(c.field), s.pressLive(form, action, c.part, c.bad).refuses(c.field).partOnly(c.part)} {
			kept := a.fields(action, nil)
			for name := range c.bad {
				if kept.Get(name) != c.bad.Get(name) {
					t.Errorf("%s: kept %v", action, kept)
				}
			}
		}
	}
}

func TestThePageOfSendingSuitsEveryScreenAndEverybody(t *testing.T) {
	s := open(t)
	s.press(s.get(paths.MessagesSending), paths.MessageQuietHours, url.Values{"quiet_from": {"22:00"}, "quiet_to": {"07:00"}})
	s.press(s.get(paths.MessagesSending), paths.MessageLimits, url.Values{"messages_per_hour": {"500"}})
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
		"desktop": browser.Desktop, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			for _, language := range []string{"en", "de"} {
				if status := page.Go(s.server.URL + paths.MessagesSending + "?lang=" + language); status != 200 {
					t.Fatalf("it answers %d", status)
				}
				page.Picture("admin-sending-" + language + "-" + name)
				page.Fits()
				page.Reachable()
				page.Accessible()
			}
		})
	}
	refused := s.press(s.get(paths.MessagesSending), paths.MessageQuietHours, url.Values{"quiet_from": {"25:00"}})
	browser.Valid(t, map[string]string{"sending": s.get(paths.MessagesSending).body, "refused": refused.body})
}
