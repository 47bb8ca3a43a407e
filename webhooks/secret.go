package webhooks

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// oldSecretFor is how long the secret before signs too, so that a receiver can be changed in peace.
const oldSecretFor = 24 * time.Hour

// newSecret is 32 random bytes as the specification writes them.
func newSecret() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return "whsec_" + base64.StdEncoding.EncodeToString(raw)
}

// Secret is what an endpoint's requests are signed with. That somebody looked at it is noted. Fails with NotFound.
func (w *Webhooks) Secret(ctx context.Context, s waitlist.Staff, id string) (secret string, err error) {
	err = w.change(ctx, s, id, 0, "webhook.show_secret", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		box, err := tx.Box(ctx, e.TenantID)
		if err != nil {
			return false, nil, err
		}
		secret, err = box.Open(at(e, "secret"), e.Secret)
		return true, nil, err
	})
	return secret, err
}

// RotateSecret gives an endpoint a new secret; the one before signs beside it for another day, one from before that no more. seen is the
// version that whoever asks has seen, 0: whichever there is. The same press rotates once, and gets the present secret after that; empty: each
// call is one. Fails with NotFound, and with Conflict when it was changed meanwhile.
func (w *Webhooks) RotateSecret(ctx context.Context, s waitlist.Staff, id string, seen int, press string) (secret string, err error) {
	err = w.change(ctx, s, id, seen, "webhook.rotate", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		_, first, err := tx.Press(ctx, e.TenantID, press, id)
		if err != nil {
			return false, nil, err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		box, err := tx.Box(ctx, e.TenantID)
		if err != nil {
			return false, nil, err
		}
		before, err := box.Open(at(e, "secret"), e.Secret)
		if err != nil {
			return false, nil, err
		}
		if !first {
			secret = before
			return false, nil, nil
		}
		secret = newSecret()
		until := now.Add(oldSecretFor)
		n, err := tx.RotateWebhookSecret(ctx, db.RotateWebhookSecretParams{
			Secret: box.Seal(at(e, "secret"), secret), OldSecret: box.Seal(at(e, "old_secret"), before), OldSecretUntil: &until,
			TenantID: e.TenantID, ID: e.ID, Version: e.Version,
		})
		return n == 1, nil, wrap(err, "changing a secret")
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// sign is the signature header of an event that is sent at now: one signature for each secret that is good then.
func sign(box *seal.Box, e db.WebhookEndpoint, eventID string, body []byte, now time.Time) (string, error) {
	columns := []string{"secret"}
	if e.OldSecretUntil != nil && now.Before(*e.OldSecretUntil) {
		columns = append(columns, "old_secret")
	}
	var signatures []string
	for _, column := range columns {
		sealed := e.Secret
		if column == "old_secret" {
			sealed = e.OldSecret
		}
		secret, err := box.Open(at(e, column), sealed)
		if err != nil {
			return "", err
		}
		signer, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			return "", fmt.Errorf("reading a secret: %w", err)
		}
		signature, err := signer.Sign(eventID, now, body)
		if err != nil {
			return "", fmt.Errorf("signing an event: %w", err)
		}
		signatures = append(signatures, signature)
	}
	return strings.Join(signatures, " "), nil
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return db.Down(fmt.Errorf("%s: %w", doing, err))
}
