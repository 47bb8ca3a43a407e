package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/sent"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func (s *site) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.DB.Pool().ExecContext(s.Context(), query, args...)
	s.check(err)
}

// posted is a business with a message in each state, by the state as people are told: Dora joined and was told so, the others have names
// of their own.
func posted(t *testing.T) (s *site, dora waitlisttest.Waiter, messages map[string]string) {
	t.Helper()
	s = open(t)
	cut, _, _ := s.staffed()
	messages = map[string]string{}
	for outcome, set := range map[string]string{
		"delivered": "state = 'sent', attempts = 1, sent_at = '2027-03-01 08:00:05', delivered_at = '2027-03-01 08:00:09'",
		"sent":      "state = 'sent', attempts = 1, sent_at = '2027-03-01 08:00:05'",
		"failed":    "state = 'failed', attempts = 1, error_class = 'rejected_400'",
		"unclear":   "state = 'unknown', attempts = 2, error_class = 'unclear_again'",
		"not_sent":  "state = 'dropped', attempts = 1, error_class = 'over'",
		"waiting":   "attempts = 3, error_class = 'unreachable', next_attempt_at = '2027-03-01 08:10:00'",
	} {
		name := strings.ToUpper(outcome[:1]) + outcome[1:] + " Person"
		who := s.Join(name, outcome+"@example.org", cut, waitlist.Wishes{})
		id := s.one("SELECT message_id FROM outbox ORDER BY id DESC LIMIT 1")
		s.exec("UPDATE outbox SET "+set+" WHERE message_id = ?", id)
		messages[outcome] = id
		if outcome == "failed" {
			dora = who
		}
		s.Pass(time.Second)
	}
	return s, dora, messages
}

func TestTheOwnerSeesWhatBecameOfEveryMessageAndCanFilterIt(t *testing.T) {
	s, dora, messages := posted(t)
	page := s.page(paths.MessagesSent, "Messages")
	for outcome, id := range messages {
		if page.Find(`a[href="`+paths.SentMessage(id)+`"]`).Length() != 1 {
			t.Errorf("the message that is %s is not shown", outcome)
		}
		only := s.get(paths.MessagesSent + "?state=" + outcome)
		if n := only.Find(".wl-trail-line").Length(); n != 1 || only.Find(`a[href="`+paths.SentMessage(id)+`"]`).Length() != 1 {
			t.Errorf("%s: %d are shown", outcome, n)
		}
	}
	page.says("The mail service refused this message.", "Failed Person", "Link to confirm")
	s.get(paths.MessagesSent + "?kind=offer").says("No such message").silent("Failed Person")
	part := s.ask("GET", paths.MessagesSent+"?kind=join", nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#"+sent.ListID)
	if part.Find("main").Length() != 0 || part.Find("#"+sent.ListID+" .wl-trail-line").Length() != 6 {
		t.Errorf("the part alone:\n%s", part.body)
	}
	bad := s.get(paths.MessagesSent + "?from=never&state=lost")
	if bad.status != http.StatusUnprocessableEntity || bad.Find(".wl-errors a").Length() != 2 {
		t.Errorf("%d: %s", bad.status, bad.main())
	}
	s.get(paths.MessagesSent + "?from=2027-03-02").says("No such message")

	found := s.get(s.press(page, paths.MessagesSent, url.Values{"q": {dora.Email}}).header.Get("Location"))
	if n := found.Find(".wl-trail-line").Length(); n != 1 {
		t.Errorf("%d messages to an address", n)
	}
}

func TestASearchForAnAddressStandsReadableInNoAddress(t *testing.T) {
	s, dora, _ := posted(t)
	for _, search := range []struct{ page, action string }{{paths.MessagesSent, paths.MessagesSent}, {paths.MessageSuppressions, paths.SuppressionsSearch}} {
		to := s.press(s.get(search.page), search.action, url.Values{"q": {dora.Email}})
		at := to.header.Get("Location")
		if to.status != http.StatusSeeOther || strings.Contains(at, "failed") || strings.Contains(at, "example") {
			t.Errorf("%d to %q", to.status, at)
		}
		if typed := s.get(at).Find("#f-q").AttrOr("value", ""); typed != dora.Email {
			t.Errorf("the search says %q", typed)
		}
		if got := s.press(s.get(search.page), search.action, url.Values{"q": {"failed"}}); got.status != http.StatusUnprocessableEntity || got.Find("#f-q[aria-invalid=true]").Length() != 1 {
			t.Errorf("no address: %d", got.status)
		}
		if got := s.get(search.page + "?find=forged"); got.status != http.StatusOK {
			t.Errorf("a forged search: %d", got.status)
		}
	}
}

func TestAMessageTellsWhatHappenedWithoutItsTextAndIsSentAgainOnce(t *testing.T) {
	s, dora, messages := posted(t)
	at := paths.SentMessage(messages["failed"])
	page := s.page(at, "Link to confirm").says("Failed Person", dora.Email, "Tried once", "The text is not shown").silent("Delivered")
	if strings.Contains(page.body, dora.Token) {
		t.Error("the link is on the page")
	}
	again := paths.SentAgain(messages["failed"])
	s.leadsTo(s.press(page, again, nil), at).says("It is on its way again.", "Waiting", "Sent again by hand", "Ada Lovelace")
	s.leadsTo(s.press(page, again, nil), at).silent("It is on its way again.") // pressed a second time
	if n := s.one("SELECT COUNT(*) FROM audit_entries WHERE action = 'message.again' AND record = 'outbox'"); n != "1" {
		t.Errorf("noted %s times", n)
	}
	if got := s.ask("POST", again, url.Values{}); got.status != http.StatusSeeOther { // nothing was said about the tries
		t.Errorf("without the tries: %d", got.status)
	}
	s.exec("UPDATE outbox SET attempts = 2, state = 'failed' WHERE message_id = ?", messages["failed"])
	stale := s.get(at)
	_, err := s.W.Suppress(s.Context(), s.Staff, waitlist.SuppressForm{Email: dora.Email, Reason: "Asked for it"})
	s.check(err)
	if refused := s.press(stale, again, nil); refused.status != http.StatusConflict {
		t.Errorf("to a suppressed address: %d", refused.status)
	} else {
		refused.says("Lift that first")
	}
	barred := s.get(at).says("No emails go to this person", "Somebody of your team decided so.")
	if barred.Find(`form[action="`+again+`"]`).Length() != 0 {
		t.Error("it can be sent again")
	}
	look := barred.Find(`a[href^="`+paths.MessageSuppressions+`"]`).Last().AttrOr("href", "")
	s.get(look).says(dora.Email, "Asked for it")
	if got := s.get(paths.SentMessage("nobody")); got.status != http.StatusNotFound {
		t.Errorf("an unknown message: %d", got.status)
	}
}

func TestWhileSendingFailsThePageSaysSinceWhenAndWhy(t *testing.T) {
	s, _, messages := posted(t)
	s.get(paths.MessagesSent).silent("No emails go out")
	s.exec("INSERT INTO mail_status (id, failing_since, failures, error_class, updated_at) VALUES (1, '2027-03-01 07:40:00', 3, 'key_refused', '2027-03-01 07:40:00')")
	for _, at := range []string{paths.MessagesSent, paths.SentMessage(messages["waiting"])} {
		s.get(at).says("No emails go out at the moment", "Since: Today 08:40.", "The mail service refused the key of this program.")
	}
}

func TestAnAddressIsSuppressedLiftedAndThatIsTakenBack(t *testing.T) {
	s, dora, _ := posted(t)
	list := s.page(paths.MessageSuppressions, "Messages").says("Everybody is written to")
	s.pressLive(list, paths.MessageSuppressions, sent.SuppressFormID, url.Values{"email": {dora.Email}}).partOnly(sent.SuppressFormID).refuses("reason")
	form := url.Values{"email": {dora.Email}, "reason": {"Told us at the counter"}}
	added := s.leadsTo(s.press(list, paths.MessageSuppressions, form), paths.MessageSuppressions).says(dora.Email, "Told us at the counter", "By Ada Lovelace", "from now on")
	s.leadsTo(s.press(list, paths.MessageSuppressions, form), paths.MessageSuppressions).says("Nothing has changed")
	s.get(paths.CounterEntry(dora.Entry)).says("No emails go to this person", "There is no phone number either")

	removal := added.Find(`form[action$="/removal"]`).AttrOr("action", "")
	stale := s.press(added, removal, url.Values{"seen": {"bounce"}})
	if stale.status != http.StatusConflict {
		t.Errorf("a reason that changed: %d", stale.status)
	}
	stale.says("The reason has changed meanwhile", dora.Email)
	lifted := s.leadsTo(s.press(added, removal, nil), paths.MessageSuppressions).says("This address is written to again.", "Everybody is written to")
	s.leadsTo(s.press(added, removal, nil), paths.MessageSuppressions)
	undo := lifted.Find(`#flash form`).AttrOr("action", "")
	for range 2 {
		s.leadsTo(s.ask("POST", undo, url.Values{}), paths.MessageSuppressions).says(dora.Email, "Told us at the counter")
	}
}
