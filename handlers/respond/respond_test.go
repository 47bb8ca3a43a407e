package respond_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
)

const path = "/thing"

// asked answers one request with h, as the program does, and gives what was logged.
func asked(t *testing.T, h echo.HandlerFunc, r *http.Request) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var lines bytes.Buffer
	log := slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cookies, err := middleware.NewCookies(strings.Repeat("s", 32), false)
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	e.HTTPErrorHandler = respond.ErrorHandler(log)
	e.Use(middleware.RequestID(), middleware.Recover(), cookies.Use, middleware.Language)
	e.Any(path, h)
	e.Any("/api/v1/thing", h)
	recorder := httptest.NewRecorder()
	e.ServeHTTP(recorder, r)
	return recorder, lines.String()
}

func request(method string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// part are the headers with which htmx 4.0.1 asks for a part.
func part(id string) []string {
	return []string{"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div#" + id, "HX-Source", "button"}
}

func text(s string) templ.Component { return templ.Raw(s) }

func board(c echo.Context) error {
	return respond.HTML(c, http.StatusOK, text("<p>page</p>"), respond.Part{ID: "board", Component: text("<p>board</p>")}, respond.Part{ID: "für", Component: text("<p>für</p>")})
}

func TestTheTargetOfTheRequestDecidesBetweenPageAndPart(t *testing.T) {
	for name, c := range map[string]struct {
		headers  []string
		want     string
		retarget string
	}{
		"a browser":                              {nil, "<p>page</p>", ""},
		"htmx for the board":                     {part("board"), "<p>board</p>", ""},
		"htmx for an id that is encoded":         {part("f%C3%BCr"), "<p>für</p>", ""},
		"htmx for something else":                {part("other"), "<p>page</p>", "body"},
		"htmx for an element without an id":      {[]string{"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div"}, "<p>page</p>", ""},
		"htmx for the whole body":                {[]string{"HX-Request", "true", "HX-Request-Type", "full", "HX-Target", "body#board"}, "<p>page</p>", ""},
		"going back in the history":              {append(part("board"), "HX-History-Restore-Request", "true"), "<p>page</p>", ""},
		"a target from somebody who is not htmx": {[]string{"HX-Request-Type", "partial", "HX-Target", "div#board"}, "<p>page</p>", ""},
	} {
		got, _ := asked(t, board, request("GET", c.headers...))
		if got.Body.String() != c.want || got.Header().Get("HX-Retarget") != c.retarget || got.Code != 200 {
			t.Errorf("%s: %d %q, retarget %q", name, got.Code, got.Body, got.Header().Get("HX-Retarget"))
		}
		for _, header := range []string{"HX-Request-Type", "HX-Target"} {
			if !strings.Contains(got.Header().Get("Vary"), header) {
				t.Errorf("%s: varies on %q", name, got.Header().Get("Vary"))
			}
		}
	}
}

func TestNothingIsWrittenWhenRenderingFails(t *testing.T) {
	got, log := asked(t, func(c echo.Context) error {
		return respond.HTML(c, http.StatusOK, templ.Join(text("half a page"), templ.ComponentFunc(func(context.Context, io.Writer) error { return errors.New("no ink") })))
	}, request("GET"))
	if got.Code != http.StatusInternalServerError || strings.Contains(got.Body.String(), "half a page") || !strings.Contains(log, "no ink") {
		t.Errorf("got %d %q", got.Code, got.Body)
	}
}

func TestASuccessLeadsOn(t *testing.T) {
	h := func(c echo.Context) error { return respond.SeeOther(c, "/next?a=b") }
	if got, _ := asked(t, h, request("POST")); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/next?a=b" {
		t.Errorf("a browser: %d to %q", got.Code, got.Header().Get("Location"))
	}
	if got, _ := asked(t, h, request("POST", part("x")...)); got.Code != http.StatusNoContent || got.Header().Get("HX-Location") != "/next?a=b" {
		t.Errorf("htmx: %d to %q", got.Code, got.Header().Get("HX-Location"))
	}
	act := func(c echo.Context) error {
		respond.Flash(c, "common.date.today")
		return h(c)
	}
	stays := append(part("flash"), "HX-Current-URL", "http://example.com/next?rows=200")
	if got, _ := asked(t, act, request("POST", stays...)); got.Code != http.StatusOK || got.Header().Get("HX-Trigger") != "changed" || got.Header().Get("HX-Location") != "" || !strings.Contains(got.Body.String(), "Today") {
		t.Errorf("an act on the page that it leads to: %d %v %s", got.Code, got.Header(), got.Body)
	}
	goes := append(part("flash"), "HX-Current-URL", "http://example.com/other")
	if got, _ := asked(t, act, request("POST", goes...)); got.Header().Get("HX-Location") != "/next?a=b" || got.Header().Get("HX-Trigger") != "" {
		t.Errorf("an act on another page: %d %v", got.Code, got.Header())
	}
	leave := func(c echo.Context) error { return respond.Leave(c, "/next") }
	if got, _ := asked(t, leave, request("POST", part("x")...)); got.Header().Get("HX-Redirect") != "/next" || got.Header().Get("HX-Location") != "" {
		t.Errorf("htmx leaving: %v", got.Header())
	}
}

func flashing(c echo.Context) error {
	respond.FlashUndo(c, "/undo", "common.date.range", "From", "<b>1</b>", "To", "2")
	return respond.SeeOther(c, path)
}

func showing(c echo.Context) error {
	return respond.HTML(c, 200, layout.Plain(respond.Page(c, "Title")), respond.Part{ID: "board", Component: text("<p>board</p>")})
}

func TestANoteIsShownOnceOnTheNextPage(t *testing.T) {
	got, _ := asked(t, flashing, request("POST"))
	cookie := got.Result().Cookies()[0]
	if cookie.HttpOnly != true || cookie.SameSite != http.SameSiteLaxMode || strings.Contains(cookie.Value, "1") && strings.Contains(cookie.Value, "undo") {
		t.Errorf("the note's cookie is %v", cookie)
	}
	r := request("GET")
	r.AddCookie(cookie)
	page, _ := asked(t, showing, r)
	document, err := goquery.NewDocumentFromReader(page.Body)
	if err != nil {
		t.Fatal(err)
	}
	if note := document.Find("#flash p").Text(); note != "<b>1</b>–2" {
		t.Errorf("the note is %q", note)
	}
	if undo, _ := document.Find("#flash form").Attr("action"); undo != "/undo" {
		t.Errorf("undo posts to %q", undo)
	}
	dropped := page.Result().Cookies()
	if len(dropped) != 1 || dropped[0].Name != cookie.Name || dropped[0].MaxAge >= 0 {
		t.Errorf("the note is kept: %v", dropped)
	}
	if again, _ := asked(t, showing, request("GET")); strings.Contains(again.Body.String(), "data-flash") {
		t.Error("there is a note without a cookie")
	}
}

func TestANoteThatWasChangedIsNone(t *testing.T) {
	got, _ := asked(t, flashing, request("POST"))
	cookie := got.Result().Cookies()[0]
	cookie.Value = "A" + cookie.Value[1:]
	r := request("GET")
	r.AddCookie(cookie)
	page, _ := asked(t, showing, r)
	if page.Code != 200 || strings.Contains(page.Body.String(), "data-flash") {
		t.Errorf("got %d with the note", page.Code)
	}
}

func TestAPartBringsTheNoteAlong(t *testing.T) {
	got, _ := asked(t, func(c echo.Context) error {
		respond.Flash(c, "common.date.today")
		return showing(c)
	}, request("POST", part("board")...))
	if body := got.Body.String(); !strings.HasPrefix(body, "<p>board</p>") || !strings.Contains(body, `<hx-partial hx-target="#flash"`) || !strings.Contains(body, "Today") {
		t.Errorf("got %q", body)
	}
}

func TestARefusedFormIsShownAgain(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		shown  string
	}{
		"a bad field":         {problem.Invalid(problem.Bad("name", "problem.required")), 422, "name: Please fill this in."},
		"a bad form":          {problem.New(problem.InvalidInput, "problem.required"), 422, ": Please fill this in."},
		"a conflict":          {problem.New(problem.Conflict, "problem.required"), 409, ": Please fill this in."},
		"too often":           {fmt.Errorf("act: %w", problem.New(problem.Limited, "problem.required")), 429, ": Please fill this in."},
		"somebody else's":     {problem.New(problem.NotFound, "problem.required"), 404, ""},
		"a part that is away": {problem.New(problem.Unavailable, "problem.required"), 503, ""},
		"a mistake of ours":   {errors.New("oops"), 500, ""},
	} {
		shown := ""
		got, _ := asked(t, func(at echo.Context) error {
			return respond.Form(at, c.err, func(status int, errs ui.Errors) error {
				shown = errs[0].Name + ": " + errs[0].Text
				return at.NoContent(status)
			})
		}, request("POST"))
		if got.Code != c.status || shown != c.shown {
			t.Errorf("%s: %d and %q, want %d and %q", name, got.Code, shown, c.status, c.shown)
		}
	}
}

func failing(err error) echo.HandlerFunc { return func(echo.Context) error { return err } }

func TestAnErrorBecomesAPage(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		title  string
	}{
		"not found":             {problem.New(problem.NotFound, "problem.next.not_found"), 404, "There is nothing here"},
		"no such route":         {echo.ErrNotFound, 404, "There is nothing here"},
		"no such method":        {echo.ErrMethodNotAllowed, 405, "There is nothing here"},
		"gone":                  {problem.New(problem.Gone, "problem.next.gone"), 410, "This is over"},
		"forbidden":             {problem.New(problem.Forbidden, "problem.next.forbidden"), 403, "You can't do this"},
		"away":                  {fmt.Errorf("reading: %w", problem.New(problem.Unavailable, "problem.next.unavailable")), 503, "Just a moment"},
		"too long":              {&http.MaxBytesError{Limit: 1}, 413, "That didn't work"},
		"a media type":          {echo.ErrUnsupportedMediaType, 415, "That didn't work"},
		"a mistake of ours":     {errors.New("secret detail"), 500, "Something went wrong"},
		"an empty problem kind": {&problem.Error{Key: "x"}, 500, "Something went wrong"},
	} {
		got, log := asked(t, failing(c.err), request("GET"))
		document, err := goquery.NewDocumentFromReader(bytes.NewReader(got.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if title := document.Find("h1").Text(); got.Code != c.status || title != c.title {
			t.Errorf("%s: %d %q, want %d %q", name, got.Code, title, c.status, c.title)
		}
		if strings.Contains(got.Body.String(), "secret") {
			t.Errorf("%s: the detail is told", name)
		}
		id := got.Header().Get(echo.HeaderXRequestID)
		if told := strings.Contains(got.Body.String(), id); told != (c.status >= 500) {
			t.Errorf("%s: the request's id is told: %t", name, told)
		}
		if logged := strings.Contains(log, "level=ERROR"); logged != (c.status == 500) || !strings.Contains(log, id) {
			t.Errorf("%s: logged %q", name, log)
		}
	}
}

func TestHTMXGetsANoteAboutAnError(t *testing.T) {
	for err, want := range map[error]string{
		problem.New(problem.Conflict, "problem.required"): "Please fill this in.",
		errors.New("secret"):                              "Something went wrong. The mistake is ours",
	} {
		got, _ := asked(t, failing(err), request("POST", part("board")...))
		if got.Header().Get("HX-Reswap") != "none" || !strings.HasPrefix(got.Body.String(), `<hx-partial hx-target="#flash" hx-swap="innerHTML">`) || !strings.Contains(got.Body.String(), want) {
			t.Errorf("%v: %q", err, got.Body)
		}
	}
}

func TestTheAPIGetsProblemJSON(t *testing.T) {
	r := httptest.NewRequest("POST", "/api/v1/thing", nil)
	got, _ := asked(t, failing(problem.Invalid(problem.Bad("email", "problem.required"))), r)
	var body struct {
		Title  string
		Status int
		Errors []struct{ Field, Detail string }
	}
	if err := json.Unmarshal(got.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	if got.Code != 422 || got.Header().Get("Content-Type") != "application/problem+json" || body.Status != 422 || body.Title == "" ||
		len(body.Errors) != 1 || body.Errors[0].Field != "email" || body.Errors[0].Detail == "" {
		t.Errorf("%d %s %+v", got.Code, got.Header().Get("Content-Type"), body)
	}
	r = httptest.NewRequest("GET", "/api/v1/thing", nil)
	if got, _ := asked(t, failing(problem.New(problem.Unauthenticated, "problem.required")), r); got.Code != http.StatusUnauthorized {
		t.Errorf("nobody at the API: %d", got.Code)
	}
}

func TestWhoeverIsNotLoggedInIsLedToLogIn(t *testing.T) {
	nobody := failing(problem.New(problem.Unauthenticated, "problem.required"))
	for name, c := range map[string]struct {
		r              *http.Request
		status         int
		header, wanted string
	}{
		"a page":           {request("GET"), 303, "Location", "/login?next=%2Fthing"},
		"a form":           {request("POST", "Referer", "http://example.com/form?a=b"), 303, "Location", "/login?next=%2Fform%3Fa%3Db"},
		"a form of theirs": {request("POST", "Referer", "http://evil.example//evil.example/x"), 303, "Location", "/login?next=%2F"},
		"htmx":             {request("GET", append(part("board"), "HX-Current-URL", "http://example.com/counter")...), 401, "HX-Redirect", "/login?next=%2Fcounter"},
	} {
		got, _ := asked(t, nobody, c.r)
		if got.Code != c.status || got.Header().Get(c.header) != c.wanted {
			t.Errorf("%s: %d to %q", name, got.Code, got.Header().Get(c.header))
		}
	}
}

func TestAPanicIsAPageAndALine(t *testing.T) {
	got, log := asked(t, func(echo.Context) error { panic("canary@example.org") }, request("GET"))
	if got.Code != 500 || strings.Contains(got.Body.String(), "canary") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if !strings.Contains(log, "respond_test.go") || strings.Contains(log, "canary") {
		t.Errorf("logged %s", log)
	}
}

func TestAPageLinksToItselfInOtherLanguages(t *testing.T) {
	here := func(method, target string) string {
		var page layout.Page
		r := httptest.NewRequest(method, path, nil)
		r.URL.RawQuery = target
		asked(t, func(c echo.Context) error { page = respond.Page(c, "Title"); return nil }, r)
		return page.Here
	}
	if got := here("GET", "a=b&lang=de"); got != "/thing?a=b" {
		t.Errorf("here is %q", got)
	}
	if got := here("POST", ""); got != "" {
		t.Errorf("a form that was refused is asked for again at %q", got)
	}
}
