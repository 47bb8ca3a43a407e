package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// read reads the body, which the document allowed, into v.
func read(c echo.Context, v any) error {
	if err := json.NewDecoder(c.Request().Body).Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading a body that the document allows: %w", err)
	}
	return nil
}

// answer writes v, which is not one thing that can be changed: a list, or what was counted.
func answer(c echo.Context, status int, v any) error {
	body, err := write(v)
	if err != nil {
		return err
	}
	return c.Blob(status, echo.MIMEApplicationJSON, body)
}

// one writes one thing with its version as ETag; a reader who has this version already gets 304 without it.
func one(c echo.Context, v any) error {
	body, err := write(v)
	if err != nil {
		return err
	}
	tag := tagOf(body)
	c.Response().Header().Set("ETag", tag)
	r := c.Request()
	if r.Method == http.MethodGet && names(r.Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, body)
}

// made writes what was made, and where it is to be found: at path below the API's folder.
func made(c echo.Context, path string, v any) error {
	body, err := write(v)
	if err != nil {
		return err
	}
	c.Response().Header().Set("ETag", tagOf(body))
	c.Response().Header().Set(echo.HeaderLocation, paths.API+path)
	return c.Blob(http.StatusCreated, echo.MIMEApplicationJSON, body)
}

// done answers that there is nothing to tell.
func done(c echo.Context) error { return c.NoContent(http.StatusNoContent) }

func write(v any) ([]byte, error) {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing an answer: %w", err)
	}
	return body.Bytes(), nil
}

func tagOf(body []byte) string {
	digest := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`
}

// names tells whether a header that lists versions names this one.
func names(header, tag string) bool {
	for each := range strings.SplitSeq(header, ",") {
		if each = strings.TrimPrefix(strings.TrimSpace(each), "W/"); each == tag || each == "*" {
			return true
		}
	}
	return false
}

// unchanged is problem.Stale unless v, as it stands, is the version that If-Match names; without If-Match it is always nil.
func unchanged(c echo.Context, v any) error {
	header := c.Request().Header.Get("If-Match")
	if header == "" {
		return nil
	}
	body, err := write(v)
	if err != nil {
		return err
	}
	if !names(header, tagOf(body)) {
		return problem.New(problem.Stale, "problem.api.changed")
	}
	return nil
}

// overtaken is the error of an act that found a newer version than the one that was read for it: with If-Match that is problem.Stale, as it
// would have been a moment later.
func overtaken(c echo.Context, err error) error {
	if problem.KindOf(err) == problem.Conflict && c.Request().Header.Get("If-Match") != "" {
		return problem.New(problem.Stale, "problem.api.changed").Because(err)
	}
	return err
}

// named gives the fields of a refusal the names that the document has for them; fields alternate the form's name and the document's.
func named(err error, fields ...string) error {
	var p *problem.Error
	if !errors.As(err, &p) || len(p.Fields) == 0 {
		return err
	}
	renamed := *p
	renamed.Fields = append([]problem.Field{}, p.Fields...)
	for i, f := range renamed.Fields {
		for n := 0; n+1 < len(fields); n += 2 {
			if f.Name == fields[n] {
				renamed.Fields[i].Name = fields[n+1]
			}
		}
	}
	return &renamed
}
