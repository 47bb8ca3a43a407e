package email

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/your-org/waitlist-management/i18n"
)

// Scheme is whether a preview is as seen by light or in the dark, whatever the browser prefers.
type Scheme string

const (
	Light Scheme = "light"
	Dark  Scheme = "dark"
)

// Inbox is what the line of an inbox says that leads to a letter, besides what the letter says.
type Inbox struct{ From, At string }

// initial is what an inbox shows in place of a picture.
func (i Inbox) initial() string {
	for _, r := range i.From {
		return strings.ToUpper(string(r))
	}
	return ""
}

// PreviewHTML is the letter below its line in an inbox, as a page of its own.
func (l Letter) PreviewHTML(ctx context.Context, line Inbox, s Scheme) (string, error) {
	l.inbox = &line
	whole, err := l.HTML(ctx)
	return s.force(whole), err
}

// Unshown is what takes the place of a preview as long as the words are not right: why, in words.
func Unshown(ctx context.Context, l i18n.Locale, why []string, s Scheme) (string, error) {
	var page bytes.Buffer
	if err := unshown(l, why).Render(ctx, &page); err != nil {
		return "", fmt.Errorf("rendering what is wrong: %w", err)
	}
	return s.force(page.String()), nil
}

// force makes a page that adapts to light and dark stay as s.
func (s Scheme) force(page string) string {
	media := "@media not all"
	if s == Dark {
		media = "@media all"
	}
	page = strings.ReplaceAll(page, "@media (prefers-color-scheme: dark)", media)
	return strings.ReplaceAll(page, `content="light dark"`, `content="`+string(s)+`"`)
}
