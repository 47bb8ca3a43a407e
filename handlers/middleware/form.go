package middleware

import (
	"errors"
	"net/http"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

const (
	bodyMost = 1 << 20 // bytes
	listMost = 8 << 20 // bytes, of a list that is imported: what is somewhat too big is told so in words
	logoMost = 6 << 20 // bytes, of an uploaded picture: likewise
)

// most is how long the body of a request to a route may be.
func most(route string) int64 {
	switch route {
	case paths.ListImport:
		return listMost
	case paths.Logo:
		return logoMost
	}
	return bodyMost
}

// Form reads the form of a request, at most 1 MiB, and keeps it in memory: a list that somebody imports is never on a disk in plain text. Text that is not UTF-8 is problem.Invalid and names the field; in a path it is
// problem.NotFound. Longer bodies are an *http.MaxBytesError.
func Form(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if !utf8.ValidString(r.URL.Path) {
			return problem.New(problem.NotFound, "problem.next.not_found")
		}
		if r.Body != nil {
			r.Body = http.MaxBytesReader(c.Response(), r.Body, most(c.Path()))
		}
		if err := parse(r, most(c.Path())); err != nil {
			if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
				return err
			}
			return problem.New(problem.InvalidInput, "problem.unreadable_form").Because(err)
		}
		for name, values := range r.Form {
			for _, value := range values {
				if !utf8.ValidString(name) {
					return problem.New(problem.InvalidInput, "problem.unreadable_form")
				}
				if !utf8.ValidString(value) {
					return problem.Invalid(problem.Bad(name, "problem.unreadable"))
				}
			}
		}
		return next(c)
	}
}

// parse reads a form of either kind. Asked for a multipart form alone, net/http keeps quiet about what is wrong with a plain one.
func parse(r *http.Request, most int64) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	if err := r.ParseMultipartForm(most); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	return nil
}
