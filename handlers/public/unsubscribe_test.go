package public_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s *site) suppressed(t *testing.T) (n int) {
	t.Helper()
	s.check(s.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM suppressions").Scan(&n))
	return n
}

func TestWhoUnsubscribesIsToldInTheirLanguageWhatThatMeansAndCanTakeItBack(t *testing.T) {
	s := open(t)
	who := s.joins("Dora", waitlist.Wishes{})
	at := paths.Unsubscribe(s.Unsubscribe(who))
	page := s.get(at).says("Keine E-Mails mehr von Studio Nord?").leadsTo(paths.Entry(who.Token))
	if page.header.Get("X-Robots-Tag") != "noindex" || !page.has(".wl-means") {
		t.Errorf("%v: %s", page.header, page.main())
	}
	if part := s.part(at, public.UnsubscribeID); part.has("main") || part.title() != page.title() {
		t.Errorf("the part alone:\n%s", part.body)
	}
	if s.suppressed(t) != 0 {
		t.Fatal("looking unsubscribes")
	}
	action := paths.UnsubscribeEnding(s.Unsubscribe(who))
	done := s.press(page, action, nil).says("Sie bekommen keine E-Mails von Studio Nord").leadsTo(paths.Entry(who.Token))
	s.press(page, action, nil).says(done.title())
	if s.suppressed(t) != 1 {
		t.Errorf("%d suppressions", s.suppressed(t))
	}
	s.press(done, paths.UnsubscribeReturn(s.Unsubscribe(who)), nil).says(page.title())
	if s.suppressed(t) != 0 {
		t.Error("they still get no emails")
	}
	s.get(at + "?lang=en").says("No more emails from Studio Nord?")

	_, err := s.W.Suppress(t.Context(), s.Staff, waitlist.SuppressForm{Email: who.Email, Reason: "They called"})
	s.check(err)
	if other := s.get(at); other.has("form[method=post][action^='/u/']") {
		t.Errorf("what the business decided can be taken back:\n%s", other.main())
	}
	if got := s.ask("POST", paths.UnsubscribeReturn(s.Unsubscribe(who)), url.Values{}); got.status != http.StatusConflict || !got.has(".wl-callout") {
		t.Errorf("taken back all the same: %d", got.status)
	}
	if got := s.get(paths.Unsubscribe("nobody's")); got.status != http.StatusNotFound {
		t.Errorf("an unknown link: %d", got.status)
	}
}

// RFC 8058 lets a provider send its word in either form.
func TestOnePressMayComeInSeveralParts(t *testing.T) {
	s := open(t)
	at := s.server.URL + paths.Unsubscribe(s.Unsubscribe(s.joins("Dora", waitlist.Wishes{})))
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	s.check(parts.WriteField("List-Unsubscribe", "One-Click"))
	s.check(parts.Close())
	answer, err := s.server.Client().Post(at, parts.FormDataContentType(), &body)
	s.check(err)
	s.check(answer.Body.Close())
	if answer.StatusCode != http.StatusOK || s.suppressed(t) != 1 {
		t.Errorf("%d, %d suppressions", answer.StatusCode, s.suppressed(t))
	}
}

func TestOnePressAtTheMailProviderUnsubscribesAndNothingElsePassesTheGuardByIt(t *testing.T) {
	s := open(t)
	who := s.joins("Dora", waitlist.Wishes{})
	token := s.Unsubscribe(who)
	oneClick := url.Values{"List-Unsubscribe": {"One-Click"}}
	from := map[string][]string{
		"a server":            nil,
		"a page of a webmail": {"Origin", "https://mail.example", "Sec-Fetch-Site", "cross-site"},
		"a program":           {"Origin", "null"},
	}
	for name, headers := range from {
		for range 2 {
			if got := s.ask("POST", paths.Unsubscribe(token), oneClick, headers...); got.status != http.StatusOK || len(got.header["Set-Cookie"]) > 0 {
				t.Errorf("%s: %d %v", name, got.status, got.header)
			}
		}
		if s.suppressed(t) != 1 {
			t.Errorf("%s: %d suppressions", name, s.suppressed(t))
		}
		s.check(s.W.Resubscribe(t.Context(), token))
	}
	for name, form := range map[string]url.Values{
		"nothing": {}, "another wish": {"List-Unsubscribe": {"yes"}}, "half of it": {"List-Unsubscribe": {""}}, "in the address": nil,
	} {
		at := paths.Unsubscribe(token)
		if form == nil {
			at, form = at+"?List-Unsubscribe=One-Click", url.Values{}
		}
		for who, headers := range from {
			if got := s.ask("POST", at, form, headers...); got.status != http.StatusForbidden {
				t.Errorf("%s from %s: %d", name, who, got.status)
			}
		}
	}
	foreign := from["a page of a webmail"]
	for _, at := range []string{
		paths.UnsubscribeEnding(token), paths.UnsubscribeReturn(token), paths.EntryLeaving(who.Token), paths.EntryPause(who.Token), paths.Unsubscribe(token) + "/",
	} {
		if got := s.ask("POST", at, oneClick, foreign...); got.status != http.StatusForbidden {
			t.Errorf("a foreign page posts to %s: %d", at, got.status)
		}
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH"} {
		if got := s.ask(method, paths.Unsubscribe(token), oneClick, foreign...); got.status != http.StatusForbidden {
			t.Errorf("a foreign %s: %d", method, got.status)
		}
	}
	if got := s.ask("POST", paths.Unsubscribe("nobody's"), oneClick); got.status != http.StatusNotFound {
		t.Errorf("an unknown link: %d", got.status)
	}
	if s.suppressed(t) != 0 {
		t.Error("something else unsubscribed")
	}
}
