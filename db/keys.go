package db

import (
	"context"
	"fmt"
	"sync"

	"github.com/your-org/waitlist-management/seal"
)

type keys struct {
	master *seal.Master
	tokens seal.Tokens
	lookup seal.Lookup
	signer seal.Signer
	system *seal.Box
	boxes  sync.Map // tenant id → *seal.Box
}

// LoadKeys reads the keys of the whole installation and makes those that are missing. Several instances may do so at once.
func (d *DB) LoadKeys(ctx context.Context) error {
	loaded := map[string]seal.Key{}
	for _, name := range []string{"token", "lookup", "data", "signing"} {
		fresh := seal.NewKey()
		err := d.AddSystemKey(ctx, AddSystemKeyParams{Name: name, WrappedKey: d.keys.master.Wrap("system:"+name, fresh[:])})
		if err != nil && !IsDuplicate(err) {
			return down(fmt.Errorf("making the %s key: %w", name, err))
		}
		wrapped, err := d.SystemKey(ctx, name)
		if err != nil {
			return down(fmt.Errorf("reading the %s key: %w", name, err))
		}
		plain, err := d.keys.master.Unwrap("system:"+name, wrapped)
		if err != nil {
			return fmt.Errorf("ENCRYPTION_KEY does not open this database's %s key: %w", name, err)
		}
		loaded[name] = seal.Key(plain)
	}
	d.keys.tokens = seal.NewTokens(loaded["token"])
	d.keys.lookup = seal.NewLookup(loaded["lookup"])
	d.keys.signer = seal.NewSigner(loaded["signing"])
	d.keys.system = seal.NewBox(loaded["data"])
	return nil
}

// Tokens makes the tokens of links.
func (d *DB) Tokens() seal.Tokens { return d.keys.tokens }

// Lookup makes the keyed hashes that sealed values are found by.
func (d *DB) Lookup() seal.Lookup { return d.keys.lookup }

// Signer signs rows that nobody with the database alone may write.
func (d *DB) Signer() seal.Signer { return d.keys.signer }

// SystemBox seals what belongs to no business, such as users.
func (d *DB) SystemBox() *seal.Box { return d.keys.system }

// WrapNewKey makes a data key for a new business, to be kept in tenants.wrapped_key.
func (d *DB) WrapNewKey() []byte {
	fresh := seal.NewKey()
	return d.keys.master.Wrap("tenant", fresh[:])
}

// Box seals and opens the personal data of one business.
func (d *DB) Box(ctx context.Context, tenantID int64) (*seal.Box, error) {
	return d.box(ctx, d.Queries, tenantID)
}

// Box is DB.Box on the transaction's own connection.
func (tx *Tx) Box(ctx context.Context, tenantID int64) (*seal.Box, error) {
	return tx.db.box(ctx, tx.Queries, tenantID)
}

// Tokens is DB.Tokens.
func (tx *Tx) Tokens() seal.Tokens { return tx.db.Tokens() }

// Lookup is DB.Lookup.
func (tx *Tx) Lookup() seal.Lookup { return tx.db.Lookup() }

// SystemBox is DB.SystemBox.
func (tx *Tx) SystemBox() *seal.Box { return tx.db.SystemBox() }

// WrapNewKey is DB.WrapNewKey.
func (tx *Tx) WrapNewKey() []byte { return tx.db.WrapNewKey() }

func (d *DB) box(ctx context.Context, q *Queries, tenantID int64) (*seal.Box, error) {
	if box, ok := d.keys.boxes.Load(tenantID); ok {
		return box.(*seal.Box), nil
	}
	wrapped, err := q.TenantKey(ctx, tenantID)
	if err != nil {
		return nil, down(fmt.Errorf("reading the data key of business %d: %w", tenantID, err))
	}
	plain, err := d.keys.master.Unwrap("tenant", wrapped)
	if err != nil {
		return nil, fmt.Errorf("ENCRYPTION_KEY does not open the data key of business %d: %w", tenantID, err)
	}
	box, _ := d.keys.boxes.LoadOrStore(tenantID, seal.NewBox(seal.Key(plain)))
	return box.(*seal.Box), nil
}
