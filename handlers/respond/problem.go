package respond

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/paths"
)

// ProblemJSON is RFC 9457's problem details, with a code for programs: the last word of the catalogue's key, so that a key that is told
// to programs keeps it.
type ProblemJSON struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code"`
	Detail    string         `json:"detail,omitempty"`
	RequestID string         `json:"request_id,omitempty"`
	Errors    []ProblemField `json:"errors,omitempty"`
}

// ProblemField is what is wrong with one property, parameter or header.
type ProblemField struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// ProblemOf says an error as problem details, in the language of the answer. What is no problem.Error tells no detail.
func ProblemOf(c echo.Context, err error) ProblemJSON { return troubleOf(c, err).problem(c) }

// Problem answers with problem details, or something that embeds them.
func Problem(c echo.Context, body any, status int) error {
	c.Response().Header().Set(echo.HeaderContentType, "application/problem+json")
	return c.JSON(status, body)
}

func (t trouble) problem(c echo.Context) ProblemJSON {
	l := middleware.Locale(c)
	body := ProblemJSON{
		Type: paths.APIProblems + "#" + t.kind, Title: http.StatusText(t.status), Status: t.status, Code: t.code, Detail: t.text, RequestID: t.id,
	}
	if body.Code == "" {
		body.Code = t.kind
	}
	if body.Detail == "" {
		body.Detail = l.T("problem.next." + t.kind)
	}
	for i, f := range t.fields {
		if f.Name != "" {
			body.Errors = append(body.Errors, ProblemField{f.Name, t.codes[i], f.Text})
		}
	}
	return body
}

func (t trouble) json(c echo.Context) error {
	if t.status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", "2")
	}
	return Problem(c, t.problem(c), t.status)
}

// CodeOf is the last word of a key of the catalogue.
func CodeOf(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }
