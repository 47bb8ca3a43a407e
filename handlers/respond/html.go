package respond

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// Part is a piece of a page that can be asked for alone. ID is the id of its outermost element, which is part of Component.
type Part struct {
	ID        string
	Component templ.Component
}

// varies are the headers that decide between a page and a part of it.
const varies = "HX-Request-Type, HX-Target"

// HTML answers with the part whose id htmx is going to replace, and with the page otherwise. A note given to Flash goes along with a part.
// Nothing is written if rendering fails.
func HTML(c echo.Context, status int, page templ.Component, parts ...Part) error {
	header := c.Response().Header()
	header.Add(echo.HeaderVary, varies)
	id := target(c.Request())
	if id == "" {
		return write(c, status, page)
	}
	for _, part := range parts {
		if part.ID == id {
			return write(c, status, part.Component, pendingNote(c))
		}
	}
	// A whole page must not end up inside one of its parts.
	header.Set("HX-Retarget", "body")
	header.Set("HX-Reswap", "innerHTML")
	return write(c, status, page)
}

// Wants tells whether htmx is going to replace this part alone: then what the rest of the page shows need not be looked up.
func Wants(c echo.Context, id string) bool { return target(c.Request()) == id }

// target is the id of the element that htmx replaces with the answer; "" when it wants a page, or did not ask. htmx 4 sends the element as
// tag#id, with the id encoded as in a URI, and says "partial" unless the whole body is replaced.
func target(r *http.Request) string {
	if r.Header.Get("HX-Request") != "true" || r.Header.Get("HX-Request-Type") != "partial" || r.Header.Get("HX-History-Restore-Request") == "true" {
		return ""
	}
	_, id, _ := strings.Cut(r.Header.Get("HX-Target"), "#")
	if plain, err := url.PathUnescape(id); err == nil {
		return plain
	}
	return id
}

// htmx says that a script asks, whatever for.
func htmx(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

func write(c echo.Context, status int, components ...templ.Component) error {
	var page bytes.Buffer
	for _, component := range components {
		if err := component.Render(c.Request().Context(), &page); err != nil {
			return fmt.Errorf("render: %w", err)
		}
	}
	if keep, ok := c.Get(keepKey).(func([]byte)); ok && status == http.StatusOK {
		keep(page.Bytes())
	}
	return c.HTMLBlob(status, page.Bytes())
}
