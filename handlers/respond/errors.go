package respond

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
)

// trouble is an error in words.
type trouble struct {
	status int
	kind   string // problem.Kind or "internal"
	code   string // for programs
	text   string // may be empty: the kind says it all
	id     string // the request's, when there is something to look for in the log
	fields ui.Errors
	codes  []string // of the fields, likewise
}

// ErrorHandler answers every error that a handler returns: problem JSON below /api, a note for htmx, else a page. What is no problem.Error
// is logged with the request's id and told without detail.
func ErrorHandler(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		t := troubleOf(c, err)
		record(c, log, err, t)
		if c.Response().Committed {
			return
		}
		if err := t.answer(c); err != nil {
			log.ErrorContext(c.Request().Context(), "answering an error failed", "error", err, "request_id", middleware.ID(c.Request().Context()))
		}
	}
}

func (t trouble) answer(c echo.Context) error {
	switch {
	case strings.HasPrefix(c.Request().URL.Path, "/api/"):
		return t.json(c)
	case t.kind == string(problem.Unauthenticated):
		return logIn(c)
	case htmx(c):
		c.Response().Header().Set("HX-Reswap", "none")
		return write(c, t.status, intoFlash(ui.Flash{Tone: ui.Bad, Text: t.inOneLine(c)}))
	}
	page := Page(c, middleware.Locale(c).T("problem.kind."+t.kind))
	return write(c, t.status, layout.Trouble(page, t.kind, t.text, t.id))
}

func troubleOf(c echo.Context, err error) trouble {
	l := middleware.Locale(c)
	var p *problem.Error
	if errors.As(err, &p) && p.Kind != "" {
		t := trouble{status: problem.Status(p.Kind), kind: string(p.Kind), code: CodeOf(p.Key), fields: ui.ErrorsOf(l, p)}
		texts := []string{}
		for _, f := range t.fields {
			texts = append(texts, strings.TrimSpace(strings.TrimPrefix(f.Name+": "+f.Text, ": ")))
		}
		t.text = strings.Join(texts, " ")
		for _, f := range p.Fields {
			t.codes = append(t.codes, CodeOf(f.Key))
		}
		if p.Kind == problem.Unavailable {
			t.id = middleware.ID(c.Request().Context())
		}
		return t
	}
	status := http.StatusInternalServerError
	var tooLong *http.MaxBytesError
	var web *echo.HTTPError
	switch {
	case errors.As(err, &tooLong):
		status = http.StatusRequestEntityTooLarge
	case errors.As(err, &web):
		status = web.Code
	}
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return trouble{status: status, kind: string(problem.InvalidInput), text: l.T("problem.too_big")}
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		return trouble{status: status, kind: string(problem.NotFound)}
	case status < 500:
		return trouble{status: status, kind: string(problem.InvalidInput)}
	}
	return trouble{status: http.StatusInternalServerError, kind: "internal", id: middleware.ID(c.Request().Context())}
}

func (t trouble) inOneLine(c echo.Context) string {
	if t.text != "" {
		return t.text
	}
	l := middleware.Locale(c)
	return l.T("problem.kind."+t.kind) + ". " + l.T("problem.next."+t.kind)
}

func record(c echo.Context, log *slog.Logger, err error, t trouble) {
	ctx := c.Request().Context()
	line := []any{"error", err, "route", c.Path(), "request_id", middleware.ID(ctx)}
	var panicked *middleware.Panic
	if errors.As(err, &panicked) {
		line = append(line, "stack", string(panicked.Stack))
	}
	switch {
	case t.kind == "internal":
		log.ErrorContext(ctx, "request failed", line...)
	case t.status >= 500:
		log.WarnContext(ctx, "request failed", line...)
	default:
		log.DebugContext(ctx, "request refused", line...)
	}
}

// logIn leads to the log-in page, and from there back to the page the person was on.
func logIn(c echo.Context) error {
	r := c.Request()
	if htmx(c) {
		c.Response().Header().Set("HX-Redirect", paths.LoginThen(pathOf(r.Header.Get("HX-Current-URL"))))
		return c.NoContent(http.StatusUnauthorized)
	}
	next := r.URL.RequestURI()
	if r.Method != http.MethodGet {
		next = pathOf(r.Referer())
	}
	return c.Redirect(http.StatusSeeOther, paths.LoginThen(next))
}

// pathOf is the path and query of an address that a browser reports.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		return paths.Home
	}
	return paths.Local(u.RequestURI())
}
