package mail

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestALetterTellsTheProviderNoMoreThanItMust(t *testing.T) {
	p := newProvider(t)
	err := p.sender().Send(t.Context(), Message{
		ID: "id-1", FromName: "Studio Nord", ToName: "Amara", To: "amara@example.org", Subject: "Hello", Text: "text", HTML: "<p>html</p>",
		Attachments: []Attachment{{Name: "event.ics", Type: "text/calendar", Content: []byte("BEGIN")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	l := p.letters()[0]
	if l.From.Email != "mail@wait.example" || l.From.Name != "Studio Nord" || l.Subject != "Hello" {
		t.Errorf("from %+v, subject %q", l.From, l.Subject)
	}
	to := l.Personalizations[0]
	if len(l.Personalizations) != 1 || len(to.To) != 1 || to.To[0].Email != "amara@example.org" {
		t.Errorf("to %+v", l.Personalizations)
	}
	if len(to.CustomArgs) != 1 || to.CustomArgs["message_id"] != "id-1" || l.CustomArgs != nil || l.Categories != nil || l.Headers != nil || to.Headers != nil {
		t.Errorf("more travels along than the id: %+v", l)
	}
	if len(l.Content) != 2 || l.Content[0].Type != "text/plain" || l.Content[0].Value != "text" || l.Content[1].Type != "text/html" || l.Content[1].Value != "<p>html</p>" {
		t.Errorf("content %+v", l.Content)
	}
	if a := l.Attachments[0]; a.Filename != "event.ics" || a.Type != "text/calendar" || a.Content != base64.StdEncoding.EncodeToString([]byte("BEGIN")) {
		t.Errorf("attachment %+v", a)
	}
	for what, enabled := range map[string]*bool{
		"click tracking": l.TrackingSettings.ClickTracking.Enable, "click tracking in text": l.TrackingSettings.ClickTracking.EnableText,
		"open tracking": l.TrackingSettings.OpenTracking.Enable,
	} {
		if enabled == nil || *enabled {
			t.Errorf("%s is not switched off", what)
		}
	}
}

func TestNoNameCanAddAHeader(t *testing.T) {
	p := newProvider(t)
	evil := "Nord\r\nBcc: all@example.org\u202e\x00"
	if err := p.sender().Send(t.Context(), Message{FromName: evil, ToName: evil, To: "a@example.org", Subject: evil, Text: "t", HTML: "h"}); err != nil {
		t.Fatal(err)
	}
	l := p.letters()[0]
	for _, got := range []string{l.From.Name, l.Subject, l.Personalizations[0].To[0].Name} {
		if got != "Nord Bcc: all@example.org" {
			t.Errorf("a header holds %q", got)
		}
	}
}

func TestABusinessWithoutANameSendsUnderTheProgramsOwn(t *testing.T) {
	p := newProvider(t)
	if err := p.sender().Send(t.Context(), Message{To: "a@example.org", Subject: "s", Text: "t", HTML: "h"}); err != nil {
		t.Fatal(err)
	}
	if got := p.letters()[0].From.Name; got != "Waitlist" {
		t.Errorf("from %q", got)
	}
}

func TestEachAnswerHasItsMeaning(t *testing.T) {
	inAMinute := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(time.Minute).Unix(), 10))
		w.WriteHeader(http.StatusTooManyRequests)
	}
	afterTen := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "10")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	never := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Reset", "99999999999")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}
	for name, c := range map[string]struct {
		answer      http.HandlerFunc
		outcome     Outcome
		class       string
		least, most time.Duration
	}{
		"200":                     {status(200), 0, "", 0, 0},
		"202":                     {status(202), 0, "", 0, 0},
		"a redirect":              {redirect, Later, "status_307", 0, 0},
		"400":                     {status(400), Rejected, "rejected_400", 0, 0},
		"401":                     {status(401), Later, "key_refused", 0, 0},
		"403":                     {status(403), Later, "key_refused", 0, 0},
		"408":                     {status(408), Later, "status_408", 0, 0},
		"413":                     {status(413), Rejected, "rejected_413", 0, 0},
		"429":                     {status(429), Later, "rate_limited", 0, 0},
		"429 until a moment":      {inAMinute, Later, "rate_limited", 57 * time.Second, time.Minute},
		"429 for a while":         {afterTen, Later, "rate_limited", 10 * time.Second, 10 * time.Second},
		"429 for ever":            {never, Later, "rate_limited", 15 * time.Minute, 15 * time.Minute},
		"500":                     {status(500), Later, "status_500", 0, 0},
		"503":                     {status(503), Later, "status_503", 0, 0},
		"no answer":               {hang, Unclear, "unclear", 0, 0},
		"a connection that broke": {reset, Unclear, "unclear", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProvider(t)
			p.answers(c.answer)
			s := p.sender()
			s.HTTP.Timeout = 300 * time.Millisecond
			err := s.Send(t.Context(), Message{To: "amara@example.org", Subject: "s", Text: "t", HTML: "h"})
			var f *Failure
			if !errors.As(err, &f) {
				f = &Failure{}
			}
			if (err == nil) != (c.outcome == 0) || f.Outcome != c.outcome || f.Class != c.class || f.Wait < c.least || f.Wait > c.most {
				t.Fatalf("got %v (outcome %d, class %q, wait %s)", err, f.Outcome, f.Class, f.Wait)
			}
			if err != nil && (strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "amara")) {
				t.Errorf("the error repeats the answer or the address: %v", err)
			}
			if got := len(p.letters()); got != 1 {
				t.Errorf("%d requests for one message", got)
			}
		})
	}
}

func TestAProviderThatIsNotThereHasNotTakenTheMessage(t *testing.T) {
	s := NewSendGrid("the-key", "mail@wait.example", "Waitlist")
	s.Host = closed(t)
	for what, err := range map[string]error{
		"sending": s.Send(t.Context(), Message{To: "a@example.org", Subject: "s", Text: "t", HTML: "h"}), "checking": s.Check(t.Context()),
	} {
		if f := failureOf(err); err == nil || f.Outcome != Later || f.Class != "unreachable" {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestACheckSendsNothingAndTrustsAKeyThatMayOnlySend(t *testing.T) {
	p := newProvider(t)
	for code, works := range map[int]bool{200: true, 403: true, 401: false, 500: false, 429: false} {
		p.answers(status(code))
		if err := p.sender().Check(t.Context()); (err == nil) != works {
			t.Errorf("%d: %v", code, err)
		}
	}
	if len(p.letters()) != 0 || p.checked() != 5 {
		t.Errorf("%d letters, %d checks", len(p.letters()), p.checked())
	}
}
