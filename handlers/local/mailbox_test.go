package local

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/static"
)

func serve(t *testing.T) (*mail.Mailbox, http.Handler) {
	t.Helper()
	b, err := mail.OpenMailbox(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	cookies, err := middleware.NewCookies(strings.Repeat("s", 32), false)
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	e.HTTPErrorHandler = respond.ErrorHandler(slog.New(slog.DiscardHandler))
	e.Use(middleware.Headers(false), cookies.Use, middleware.Language)
	e.GET(paths.Static+"*", echo.WrapHandler(static.Handler()))
	Routes(e.Group("", middleware.Form, respond.MailStays(true)), b)
	return b, e
}

func email() mail.Message {
	return mail.Message{
		ID: "AbC-_1", Date: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), FromName: "Studio <b>Nord</b>", ToName: "Amara", To: "amara@example.org",
		Subject: `Booked: <script>alert("x")</script> & more`, Text: "Hello\n\nhttps://wait.example/o/token\njavascript:alert(1)\n",
		HTML:        `<p style="color:red">Hello <a href="https://wait.example/o/token" target="_blank">there</a></p>`,
		Attachments: []mail.Attachment{{Name: "event.ics", Type: "text/calendar", Content: []byte("BEGIN:VCALENDAR")}},
	}
}

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func page(t *testing.T, h http.Handler, path string) (*goquery.Document, http.Header) {
	t.Helper()
	answer := get(t, h, path)
	if answer.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, answer.Code)
	}
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc, answer.Header()
}

// open keeps an email and finds its page through the list.
func open(t *testing.T, b *mail.Mailbox, h http.Handler, m mail.Message) string {
	t.Helper()
	if err := b.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	list, _ := page(t, h, paths.Mailbox)
	return list.Find("main li a").First().AttrOr("href", "")
}

func TestAnEmptyMailboxSaysWhatWillCome(t *testing.T) {
	_, h := serve(t)
	doc, _ := page(t, h, paths.Mailbox)
	if doc.Find("main li").Length() != 0 || !strings.Contains(doc.Find(".wl-empty").Text(), "No emails yet") {
		t.Errorf("the page says %q", doc.Find("main").Text())
	}
}

func TestTheMailboxSaysThatMailStaysHere(t *testing.T) {
	_, h := serve(t)
	doc, _ := page(t, h, paths.Mailbox)
	if !strings.Contains(doc.Find("main").Text(), "stay on this computer") || doc.Find(".wl-banner").Length() != 1 {
		t.Errorf("the page says %q", doc.Text())
	}
}

func TestTheNewestEmailIsFirstInTheList(t *testing.T) {
	b, h := serve(t)
	old, young := email(), email()
	old.Subject, young.Subject, young.Date = "old", "young", old.Date.Add(time.Second)
	for _, m := range []mail.Message{young, old} {
		if err := b.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	doc, _ := page(t, h, paths.Mailbox)
	if first := doc.Find("main li").First().Text(); doc.Find("main li").Length() != 2 || !strings.Contains(first, "young") || !strings.Contains(first, "amara@example.org") {
		t.Errorf("first is %q", first)
	}
}

func TestAnEmailIsShownInAFrameAndAsText(t *testing.T) {
	b, h := serve(t)
	doc, header := page(t, h, open(t, b, h, email()))
	if got := strings.TrimSpace(doc.Find("h1").Text()); got != email().Subject {
		t.Errorf("the heading is %q", got)
	}
	frame := doc.Find("main iframe")
	if sandbox, _ := frame.Attr("sandbox"); sandbox != "allow-popups allow-popups-to-escape-sandbox" {
		t.Errorf("the frame's sandbox is %q", sandbox)
	}
	if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-src 'self'") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the page's policy is %q", policy)
	}
	links := doc.Find("#text a")
	if links.Length() != 1 || links.AttrOr("href", "") != "https://wait.example/o/token" {
		t.Errorf("%d links in the text, the first to %q", links.Length(), links.AttrOr("href", ""))
	}
	if doc.Find("main script, main b").Length() != 0 {
		t.Error("a header of the email became markup")
	}
}

func TestAnEmailInItsFrameCanDoNothingButOpenLinks(t *testing.T) {
	b, h := serve(t)
	doc, _ := page(t, h, open(t, b, h, email()))
	inner, header := page(t, h, doc.Find("iframe").AttrOr("src", ""))
	if inner.Find("p").AttrOr("style", "") != "color:red" {
		t.Error("the email lost its styles")
	}
	policy := header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'", "sandbox allow-popups allow-popups-to-escape-sandbox"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q lacks %q", policy, part)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "allow-scripts") || strings.Contains(policy, "allow-same-origin") || header.Get("X-Frame-Options") != "SAMEORIGIN" {
		t.Errorf("the policy is %q, frames %q", policy, header.Get("X-Frame-Options"))
	}
}

func TestAnAttachmentIsDownloadedNotShown(t *testing.T) {
	b, h := serve(t)
	doc, _ := page(t, h, open(t, b, h, email()))
	answer := get(t, h, doc.Find(`a[href*="attachment"]`).AttrOr("href", ""))
	if answer.Code != http.StatusOK || answer.Body.String() != "BEGIN:VCALENDAR" || answer.Header().Get("Content-Disposition") != "attachment; filename=event.ics" ||
		answer.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v %q", answer.Code, answer.Header(), answer.Body)
	}
}

func TestWhatIsNotInTheMailboxIsNotFound(t *testing.T) {
	b, h := serve(t)
	there := open(t, b, h, email())
	for _, path := range []string{
		"/mailbox/absent", "/mailbox/..%2f..%2fetc%2fpasswd", "/mailbox/absent/html", "/mailbox/absent/attachment?n=0",
		there + "/attachment", there + "/attachment?n=1", there + "/attachment?n=-1", there + "/attachment?n=x", there + "/other",
	} {
		if answer := get(t, h, path); answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}

func TestTheMailboxSpeaksTheReadersLanguage(t *testing.T) {
	b, h := serve(t)
	there := open(t, b, h, email())
	request := httptest.NewRequest(http.MethodGet, there, nil)
	request.Header.Set("Accept-Language", "de")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, request)
	if !strings.Contains(answer.Body.String(), "Als reiner Text") {
		t.Error("the page is not in German")
	}
}
