package email

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/templates"
)

// words writes text and addresses as they stand, without the spaces that a component per piece would put between them.
func words(runs []templates.Run) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, r := range runs {
			piece := strings.ReplaceAll(templ.EscapeString(r.Text), "\n", "<br/>")
			if r.URL != "" {
				url := templ.EscapeString(string(templ.URL(r.URL)))
				piece = `<a class="link" href="` + url + `" target="_blank" rel="noopener">` + templ.EscapeString(r.URL) + `</a>`
			}
			if _, err := io.WriteString(w, piece); err != nil {
				return err
			}
		}
		return nil
	})
}

// lines writes lines below each other.
func lines(text []string) templ.Component {
	return words([]templates.Run{{Text: strings.Join(text, "\n")}})
}
