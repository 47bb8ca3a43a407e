package public_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/ratelimit"
)

// doorman is the form for joining behind its limit: three at once from an address, thirty to a business.
func doorman(t *testing.T) func(method, from, slug string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	limit := public.JoinLimit{Limiter: ratelimit.New(redistest.Start(t), redistest.Prefix(t), slog.New(slog.DiscardHandler)), Window: time.Hour, Most: 30}
	e := echo.New()
	e.IPExtractor = middleware.Address(nil)
	e.HTTPErrorHandler = respond.ErrorHandler(slog.New(slog.DiscardHandler))
	e.Use(middleware.Language)
	pages := e.Group("", limit.Keep)
	here := func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }
	pages.GET(paths.JoinRoute, here)
	pages.POST(paths.JoinRoute, here)
	pages.POST(paths.EntryStayRoute, here)
	return func(method, from, path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
		r.RemoteAddr = from
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w
	}
}

func TestTheFormForJoiningCanOnlyBePostedSoOftenFromOneAddress(t *testing.T) {
	ask := doorman(t)
	nord := paths.Join("studio-nord")
	for range 3 {
		if w := ask("POST", "203.0.113.7:1234", nord); w.Code != http.StatusNoContent {
			t.Fatalf("refused with %d", w.Code)
		}
	}
	w := ask("POST", "203.0.113.7:999", paths.Join("elsewhere"), "Accept-Language", "de")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "eine Minute") || !strings.Contains(w.Body.String(), "<main") {
		t.Errorf("the fourth answers %d after %q: %s", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
	if w := ask("POST", "203.0.113.7:1", nord, "HX-Request", "true", "HX-Target", "join"); w.Code != http.StatusTooManyRequests || w.Header().Get("HX-Reswap") != "none" || !strings.Contains(w.Body.String(), "wait a minute") {
		t.Errorf("under htmx it answers %d: %s", w.Code, w.Body)
	}
	for _, fine := range [][3]string{{"POST", "203.0.113.8:1", nord}, {"GET", "203.0.113.7:1", nord}, {"POST", "203.0.113.7:1", paths.EntryStay("token")}} {
		if w := ask(fine[0], fine[1], fine[2]); w.Code != http.StatusNoContent {
			t.Errorf("%v answers %d", fine, w.Code)
		}
	}
	if w := ask("POST", "203.0.113.9:1", nord, "X-Forwarded-For", "203.0.113.7"); w.Code != http.StatusNoContent {
		t.Errorf("an address that anybody could claim answers %d", w.Code)
	}
	for n, from := range []string{"[2001:db8:1:2::1]:1", "[2001:db8:1:2::2]:1", "[2001:db8:1:2:ffff::3]:1", "[2001:db8:1:2::4]:1", "[2001:db8:1:3::1]:1"} {
		if w := ask("POST", from, nord); (w.Code == http.StatusTooManyRequests) != (n == 3) {
			t.Errorf("%s answers %d", from, w.Code)
		}
	}
}

func TestABusinessIsNotFloodedFromManyAddresses(t *testing.T) {
	ask := doorman(t)
	for n := range 40 { // a proxy that nobody named: its address alone says nothing
		if w := ask("POST", "10.0.0.2:1", paths.Join("studio-nord")); (w.Code == http.StatusTooManyRequests) != (n >= 30) {
			t.Errorf("number %d answers %d", n, w.Code)
		}
	}
	if w := ask("POST", "127.0.0.1:1", paths.Join("studio-nord")); w.Code != http.StatusTooManyRequests || !strings.Contains(w.Body.String(), "Very many people") {
		t.Errorf("it answers %d: %s", w.Code, w.Body)
	}
	if w := ask("POST", "127.0.0.1:1", paths.Join("studio-sued")); w.Code != http.StatusNoContent {
		t.Errorf("another business answers %d", w.Code)
	}
}
