package mail

import (
	"bytes"
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
)

// unsubscribe is the address where a customer has a business send no more emails. The first email with it makes it good.
func (d *Deliverer) unsubscribe(ctx context.Context, c db.Customer) (string, error) {
	token := d.DB.Tokens().Make(seal.TokenUnsubscribe, c.PublicID, c.UnsubscribeVersion)
	if hash := seal.HashToken(token); !bytes.Equal(hash, c.UnsubscribeHash) {
		keep := db.KeepUnsubscribeLinkParams{UnsubscribeHash: hash, TenantID: c.TenantID, ID: c.ID, UnsubscribeVersion: c.UnsubscribeVersion}
		if _, err := d.DB.KeepUnsubscribeLink(ctx, keep); err != nil { // none: the version was raised at this moment, and the link is worth nothing
			return "", wrap(err, "keeping a link to unsubscribe")
		}
	}
	return d.Base.Abs(paths.Unsubscribe(token)), nil
}
