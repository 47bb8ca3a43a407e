package business

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	testsPerHour = 30             // of one user
	draftsKept   = 24 * time.Hour // longer than any test is under way
	testUseful   = time.Hour
)

// TestTo is who gets a test: whoever wrote the words.
type TestTo struct{ Name, Email string }

// pressOf is the press of these words: the same form sends changed words as another test.
func (f TemplateForm) pressOf(w templates.Words) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Press, w.Subject, w.Preview, w.Heading, w.Body}, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// TestTemplate sends a made-up message in the words that were typed, saved or not, to whoever typed them, and keeps the words as a draft
// under the id that it returns. Refused are what ReadTemplate refuses; problem.Limited after too many tests within an hour.
func (b *Business) TestTemplate(ctx context.Context, s waitlist.Staff, kind templates.Kind, f TemplateForm, to TestTo) (id string, err error) {
	if _, err := ReadTemplate(kind, f); err != nil {
		return "", err
	}
	words := f.Words()
	version, _ := strconv.Atoi(f.Version) // one that is no number was never a version, which saving tells
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var fresh bool
		id, fresh, err = press(ctx, tx, s.TenantID, f.pressOf(words))
		if err != nil || !fresh {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.CountTemplateDrafts(ctx, db.CountTemplateDraftsParams{TenantID: s.TenantID, UserID: s.UserID, CreatedAt: now.Add(-time.Hour)})
		if err != nil {
			return fmt.Errorf("counting tests: %w", err)
		}
		if n >= testsPerHour {
			return problem.New(problem.Limited, "letters.bad.tests", "Most", testsPerHour)
		}
		if err := tx.DeleteOldTemplateDrafts(ctx, db.DeleteOldTemplateDraftsParams{TenantID: s.TenantID, CreatedAt: now.Add(-draftsKept)}); err != nil {
			return fmt.Errorf("deleting old drafts: %w", err)
		}
		draft, err := tx.AddTemplateDraft(ctx, db.AddTemplateDraftParams{
			TenantID: s.TenantID, PublicID: id, Kind: string(kind), Language: f.Language,
			Subject: words.Subject, Preview: words.Preview, Heading: words.Heading, Body: words.Body, MadeFrom: version, UserID: s.UserID, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("keeping a draft: %w", err)
		}
		err = outbox.EnqueueForUser(ctx, tx, outbox.UserMessage{
			TenantID: s.TenantID, Kind: outbox.TemplateTest, UserID: s.UserID, AboutID: draft, Name: to.Name, Email: to.Email,
			Locale: f.Language, CauseKey: id, UsefulUntil: now.Add(testUseful),
		})
		if err != nil {
			return err
		}
		return note(ctx, tx, s, "template.test", "template_drafts", draft, detail{"kind": string(kind), "language": f.Language})
	})
	return id, err
}
