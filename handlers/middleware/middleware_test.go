package middleware_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// through sends r through the middleware to h, and gives the error that comes out.
func through(t *testing.T, r *http.Request, h echo.HandlerFunc, layers ...echo.MiddlewareFunc) (*httptest.ResponseRecorder, error) {
	t.Helper()
	e := echo.New()
	var came error
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		came = err
		_ = c.NoContent(problem.Status(problem.KindOf(err)))
	}
	e.Use(layers...)
	e.Any("/thing/:token", h)
	recorder := httptest.NewRecorder()
	e.ServeHTTP(recorder, r)
	return recorder, came
}

func fine(c echo.Context) error { return c.NoContent(http.StatusOK) }

func get() *http.Request { return httptest.NewRequest("GET", "/thing/secret-token", nil) }

func cookies(t *testing.T, secrets string, secure bool) *middleware.Cookies {
	t.Helper()
	k, err := middleware.NewCookies(secrets, secure)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestOnlyOurOwnPagesSendForms(t *testing.T) {
	origin, err := middleware.Origin(paths.Base("https://waitlist.example.org/app"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		method  string
		headers []string
		want    problem.Kind
	}{
		"no browser":                          {"POST", nil, ""},
		"our page, by host":                   {"POST", []string{"Origin", "http://example.com"}, ""},
		"our page behind a proxy":             {"POST", []string{"Origin", "https://waitlist.example.org", "Sec-Fetch-Site", "same-site"}, ""},
		"our page, says the browser":          {"POST", []string{"Sec-Fetch-Site", "same-origin"}, ""},
		"a foreign page":                      {"POST", []string{"Origin", "https://evil.example"}, problem.Forbidden},
		"a foreign page, says the browser":    {"POST", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, problem.Forbidden},
		"a page of a neighbour":               {"POST", []string{"Origin", "https://other.example.org", "Sec-Fetch-Site", "same-site"}, problem.Forbidden},
		"the same host without encryption":    {"POST", []string{"Origin", "http://waitlist.example.org", "Sec-Fetch-Site", "cross-site"}, problem.Forbidden},
		"a page without an origin":            {"POST", []string{"Origin", "null"}, problem.Forbidden},
		"a foreign page that deletes":         {"DELETE", []string{"Origin", "https://evil.example"}, problem.Forbidden},
		"a link from a foreign page":          {"GET", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, ""},
		"a scanner that looks before reading": {"HEAD", []string{"Sec-Fetch-Site", "cross-site"}, ""},
	} {
		r := httptest.NewRequest(c.method, "/thing/x", nil)
		for i := 0; i < len(c.headers); i += 2 {
			r.Header.Set(c.headers[i], c.headers[i+1])
		}
		if _, err := through(t, r, fine, origin); problem.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPagesKeepToTheirOrigin(t *testing.T) {
	got, _ := through(t, get(), fine, middleware.Headers(true))
	policy := got.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy has no %q: %s", want, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		t.Errorf("the policy lets in: %s", policy)
	}
	for header, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
		"Strict-Transport-Security": "max-age=31536000",
	} {
		if got.Header().Get(header) != want {
			t.Errorf("%s: %q", header, got.Header().Get(header))
		}
	}
	if plain, _ := through(t, get(), fine, middleware.Headers(false)); plain.Header().Get("Strict-Transport-Security") != "" {
		t.Error("plain http asks for https for a year")
	}
}

func TestTheLogKnowsTheRouteAndNotThePath(t *testing.T) {
	for name, h := range map[string]echo.HandlerFunc{
		"answered": fine,
		"failed":   func(echo.Context) error { return problem.New(problem.Gone, "problem.next.gone") },
		"panicked": func(echo.Context) error { panic("secret-panic") },
	} {
		var lines bytes.Buffer
		log := slog.New(slog.NewTextHandler(&lines, nil))
		r := httptest.NewRequest("GET", "/thing/secret-token?next=secret-next", nil)
		r.Header.Set("X-Request-ID", "forged")
		r.Header.Set("Referer", "http://example.com/secret-referer")
		got, _ := through(t, r, h, middleware.RequestID(), middleware.AccessLog(log), middleware.Recover())
		line := lines.String()
		if !strings.Contains(line, "route=/thing/:token") || !strings.Contains(line, "method=GET") || strings.Contains(line, "secret") {
			t.Errorf("%s: logged %q", name, line)
		}
		if id := got.Header().Get("X-Request-ID"); id == "forged" || !strings.Contains(line, "request_id="+id) {
			t.Errorf("%s: the id is %q in %q", name, id, line)
		}
	}
}

func TestForgedForwardedAddressesAreNotBelieved(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("2001:db8::/32")}
	for name, c := range map[string]struct {
		trusted    []netip.Prefix
		from, told string
		want       string
	}{
		"no proxy is trusted":               {nil, "203.0.113.9:1", "198.51.100.1", "203.0.113.9"},
		"a stranger":                        {trusted, "203.0.113.9:1", "198.51.100.1", "203.0.113.9"},
		"a stranger on this machine":        {trusted, "127.0.0.1:1", "198.51.100.1", "127.0.0.1"},
		"a stranger on the private network": {trusted, "192.168.0.9:1", "198.51.100.1", "192.168.0.9"},
		"a trusted proxy":                   {trusted, "10.1.2.3:1", "198.51.100.1", "198.51.100.1"},
		"a trusted proxy of IPv6":           {trusted, "[2001:db8::1]:1", "198.51.100.1", "198.51.100.1"},
		"a forged first address":            {trusted, "10.1.2.3:1", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
		"two proxies":                       {trusted, "10.1.2.3:1", "198.51.100.1, 10.1.9.9", "198.51.100.1"},
		"a proxy that tells nothing":        {trusted, "10.1.2.3:1", "", "10.1.2.3"},
	} {
		r := get()
		r.RemoteAddr = c.from
		if c.told != "" {
			r.Header.Set("X-Forwarded-For", c.told)
		}
		if got := middleware.Address(c.trusted)(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatIsNoTextIsRefusedByName(t *testing.T) {
	post := func(body string) *http.Request {
		r := httptest.NewRequest("POST", "/thing/x?from=query", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
	for name, c := range map[string]struct {
		r     *http.Request
		want  problem.Kind
		field string
	}{
		"emoji and umlauts":    {post("name=" + url.QueryEscape("Müller 💈 שלום")), "", ""},
		"invalid UTF-8":        {post("ok=1&name=%ff%fe"), problem.InvalidInput, "name"},
		"half a letter":        {post("name=" + url.QueryEscape("ü"[:1])), problem.InvalidInput, "name"},
		"an invalid name":      {post("%ff=1"), problem.InvalidInput, ""},
		"a broken escape":      {post("name=%zz"), problem.InvalidInput, ""},
		"in the query":         {httptest.NewRequest("GET", "/thing/x?q=%ff", nil), problem.InvalidInput, "q"},
		"in the path":          {httptest.NewRequest("GET", "/thing/%ff", nil), problem.NotFound, ""},
		"no form at all":       {httptest.NewRequest("POST", "/thing/x", strings.NewReader("\xff")), "", ""},
		"a nameless multipart": {multipart("\xff"), problem.InvalidInput, "name"},
	} {
		_, err := through(t, c.r, fine, middleware.Form)
		if problem.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if c.field != "" && !strings.Contains(err.Error(), "("+c.field+" ") {
			t.Errorf("%s: %v doesn't name %s", name, err, c.field)
		}
	}
}

func multipart(value string) *http.Request {
	body := "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n" + value + "\r\n--b--\r\n"
	r := httptest.NewRequest("POST", "/thing/x", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	return r
}

func TestAFormHasAtMostAMebibyte(t *testing.T) {
	for size, fits := range map[int]bool{1<<20 - 10: true, 1<<20 + 1: false} {
		r := httptest.NewRequest("POST", "/thing/x", strings.NewReader("name="+strings.Repeat("x", size)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if _, err := through(t, r, fine, middleware.Form); (err == nil) != fits {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

func TestCookiesAreSealedAndGuarded(t *testing.T) {
	set := func(k *middleware.Cookies) *http.Cookie {
		got, err := through(t, get(), func(c echo.Context) error { return middleware.SetCookie(c, "session", "canary", 60) }, k.Use)
		if err != nil {
			t.Fatal(err)
		}
		return got.Result().Cookies()[0]
	}
	read := func(k *middleware.Cookies, cookie http.Cookie) (text string) {
		r := get()
		r.AddCookie(&cookie)
		_, err := through(t, r, func(c echo.Context) error { text = middleware.Cookie(c, "session"); return nil }, k.Use)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	first, second := strings.Repeat("a", 32), strings.Repeat("b", 32)
	plain, secure := set(cookies(t, first, false)), set(cookies(t, first, true))
	if plain.Name != "session" || plain.Secure || secure.Name != "__Host-session" || !secure.Secure || secure.Path != "/" || secure.Domain != "" {
		t.Errorf("on http %v, on https %v", plain, secure)
	}
	for _, c := range []*http.Cookie{plain, secure} {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 60 || strings.Contains(c.Value, "canary") {
			t.Errorf("the cookie is %v", c)
		}
	}
	old := *plain
	if got := read(cookies(t, second+","+first, false), old); got != "canary" {
		t.Errorf("after a change of the secret the cookie says %q", got)
	}
	if got := read(cookies(t, second, false), old); got != "" {
		t.Errorf("without the old secret the cookie says %q", got)
	}
	old.Name = "note"
	if got := read(cookies(t, first, false), http.Cookie{Name: "session", Value: "forged"}); got != "" {
		t.Errorf("a forged cookie says %q", got)
	}
	r := get()
	r.AddCookie(&old)
	if _, err := through(t, r, func(c echo.Context) error {
		if got := middleware.Cookie(c, "note"); got != "" {
			t.Errorf("under another name the cookie says %q", got)
		}
		return nil
	}, cookies(t, first, false).Use); err != nil {
		t.Fatal(err)
	}
}

func TestTheLanguageOfTheAnswer(t *testing.T) {
	k := cookies(t, strings.Repeat("s", 32), false)
	chosen, err := through(t, httptest.NewRequest("GET", "/thing/x?lang=de", nil), fine, k.Use, middleware.Language)
	if err != nil || len(chosen.Result().Cookies()) != 1 {
		t.Fatalf("choosing a language: %v, %v", chosen.Result().Cookies(), err)
	}
	german := chosen.Result().Cookies()[0]
	for name, c := range map[string]struct {
		query, asks string
		cookie      *http.Cookie
		speak       []string
		want        string
	}{
		"nothing is known":                       {"", "", nil, nil, "en"},
		"the browser asks":                       {"", "de-AT,de;q=0.9", nil, nil, "de-AT"},
		"the browser asks for what we don't say": {"", "xx", nil, nil, "en"},
		"the business speaks":                    {"", "en-US", nil, []string{"", "de-CH"}, "de-CH"},
		"the user speaks before the business":    {"", "", nil, []string{"en", "de"}, "en"},
		"chosen before":                          {"", "en", german, []string{"en"}, "de"},
		"chosen before, with the region's way":   {"", "en", german, []string{"de-CH"}, "de-CH"},
		"chosen just now":                        {"?lang=en", "de", german, []string{"de"}, "en"},
		"chosen what we don't say":               {"?lang=xx", "de", nil, nil, "de"},
	} {
		r := httptest.NewRequest("GET", "/thing/x"+c.query, nil)
		r.Header.Set("Accept-Language", c.asks)
		if c.cookie != nil {
			r.AddCookie(c.cookie)
		}
		got := ""
		if _, err := through(t, r, func(at echo.Context) error {
			middleware.Speak(at, c.speak...)
			got = middleware.Locale(at).Tag()
			return nil
		}, k.Use, middleware.Language); err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWhereGETIsAnsweredSoIsHEAD(t *testing.T) {
	e := echo.New()
	e.Pre(middleware.Head)
	e.GET("/page", func(c echo.Context) error { return c.HTML(http.StatusTeapot, "<p>page</p>") })
	server := httptest.NewServer(e)
	defer server.Close()
	for path, want := range map[string]int{"/page": http.StatusTeapot, "/nothing": http.StatusNotFound} {
		response, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("HEAD %s: %d", path, response.StatusCode)
		}
	}
}
