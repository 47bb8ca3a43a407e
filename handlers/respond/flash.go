package respond

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/views/ui"
)

const (
	noteCookie = "note"
	noteKey    = "note"
	noteLasts  = 120 // seconds until a note that no page showed is forgotten
)

// UndoSeconds is for how long a note offers to take back what it speaks of.
const UndoSeconds = 10

type note struct {
	Text string  `json:"text"`
	Tone ui.Tone `json:"tone,omitempty"`
	Undo string  `json:"undo,omitempty"` // path that takes the POST
}

// Flash shows the text of a catalogue key once: on the page that SeeOther leads to, or together with the part that HTML answers with.
func Flash(c echo.Context, key string, args ...any) {
	c.Set(noteKey, note{Text: middleware.Locale(c).T(key, args...), Tone: ui.OK})
}

// FlashUndo is Flash with a button that posts to the path undo for UndoSeconds.
func FlashUndo(c echo.Context, undo, key string, args ...any) {
	c.Set(noteKey, note{Text: middleware.Locale(c).T(key, args...), Tone: ui.OK, Undo: undo})
}

func (n note) flash() ui.Flash {
	f := ui.Flash{Tone: n.Tone, Text: n.Text}
	if n.Undo != "" {
		f.Undo = &ui.Undo{Action: n.Undo, Lasts: UndoSeconds, Attrs: ui.Act(n.Undo)}
	}
	return f
}

// keepNote lets the browser bring the note to the next page.
func keepNote(c echo.Context) error {
	n, ok := c.Get(noteKey).(note)
	if !ok {
		return nil
	}
	text, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("keep a note: %w", err)
	}
	return middleware.SetCookie(c, noteCookie, string(text), noteLasts)
}

// takeNote is the note for this page, which is then gone.
func takeNote(c echo.Context) ui.Flash {
	if n, ok := c.Get(noteKey).(note); ok {
		return n.flash()
	}
	text := middleware.Cookie(c, noteCookie)
	if text == "" {
		return ui.Flash{}
	}
	middleware.DropCookie(c, noteCookie)
	var n note
	if json.Unmarshal([]byte(text), &n) != nil {
		return ui.Flash{}
	}
	c.Set(noteKey, n)
	return n.flash()
}

// pendingNote is the note of this very request as an addition to a part.
func pendingNote(c echo.Context) templ.Component {
	n, ok := c.Get(noteKey).(note)
	if !ok {
		return templ.NopComponent
	}
	return intoFlash(n.flash())
}

// intoFlash has htmx put f into the region of notes, whatever else the answer replaces.
func intoFlash(f ui.Flash) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, `<hx-partial hx-target="#flash" hx-swap="innerHTML">`); err != nil {
			return err
		}
		if err := f.Render(ctx, w); err != nil {
			return err
		}
		_, err := io.WriteString(w, `</hx-partial>`)
		return err
	})
}
