// Package local is the door to what only a program on somebody's own machine has: the mailbox that emails stay in. It asks
// for no login, so it must never be open where strangers come.
package local

import (
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/mailbox"
)

type door struct{ mailbox *mail.Mailbox }

// Routes adds the pages of the mailbox. Call it only when emails stay there, and never in production.
func Routes(pages *echo.Group, b *mail.Mailbox) {
	d := door{b}
	pages.GET(paths.Mailbox, d.list)
	pages.GET(paths.MailboxMessageRoute, d.email)
	pages.GET(paths.MailboxHTMLRoute, d.html)
	pages.GET(paths.MailboxAttachmentRoute, d.attachment)
}

func (d door) list(c echo.Context) error {
	kept, err := d.mailbox.List()
	if err != nil {
		return err
	}
	lines := make([]mailbox.Line, len(kept))
	for i, k := range kept {
		lines[i] = line(k)
	}
	page := respond.Page(c, middleware.Locale(c).T("email.mailbox.title"))
	return respond.HTML(c, http.StatusOK, mailbox.ListPage(page, lines))
}

func (d door) email(c echo.Context) error {
	kept, err := d.open(c)
	if err != nil {
		return err
	}
	email := mailbox.Email{Line: line(kept), From: kept.FromName, Text: kept.Text}
	for _, a := range kept.Attachments {
		email.Files = append(email.Files, a.Name)
	}
	header := c.Response().Header()
	header.Set("Content-Security-Policy", header.Get("Content-Security-Policy")+"; frame-src 'self'")
	return respond.HTML(c, http.StatusOK, mailbox.EmailPage(respond.Page(c, kept.Subject), email))
}

// emailPolicy lets an email have its own styles and open links, and nothing else: no script, no form, nothing from elsewhere.
const emailPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
	"sandbox allow-popups allow-popups-to-escape-sandbox"

func (d door) html(c echo.Context) error {
	kept, err := d.open(c)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Security-Policy", emailPolicy)
	header.Set("X-Frame-Options", "SAMEORIGIN")
	return c.HTML(http.StatusOK, kept.HTML)
}

func (d door) attachment(c echo.Context) error {
	kept, err := d.open(c)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.QueryParam("n"))
	if err != nil || n < 0 || n >= len(kept.Attachments) {
		return echo.ErrNotFound
	}
	file := kept.Attachments[n]
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	return c.Blob(http.StatusOK, file.Type, file.Content)
}

func (d door) open(c echo.Context) (mail.Kept, error) {
	kept, err := d.mailbox.Open(c.Param("id"))
	if errors.Is(err, fs.ErrNotExist) {
		return kept, problem.New(problem.NotFound, "email.mailbox.gone")
	}
	return kept, err
}

// line shows when an email was sent on this machine's own clock.
func line(k mail.Kept) mailbox.Line {
	return mailbox.Line{ID: k.ID, Subject: k.Subject, To: k.To, At: k.Date.In(time.Local)}
}
