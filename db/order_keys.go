package db

import (
	"context"
	"fmt"
	"strings"
)

// OrderKey is an entry's place under some weights.
type OrderKey struct{ EntryID, Key int64 }

// SetOrderKeysA writes the places of many entries into order_key_a in one statement, which sqlc cannot write, and says how many it found.
func (tx *Tx) SetOrderKeysA(ctx context.Context, tenantID int64, version int, keys []OrderKey) (int64, error) {
	return tx.setOrderKeys(ctx, "UPDATE entries SET order_key_a = CASE id", "END, order_version_a = ?", tenantID, version, keys)
}

// SetOrderKeysB is SetOrderKeysA for order_key_b.
func (tx *Tx) SetOrderKeysB(ctx context.Context, tenantID int64, version int, keys []OrderKey) (int64, error) {
	return tx.setOrderKeys(ctx, "UPDATE entries SET order_key_b = CASE id", "END, order_version_b = ?", tenantID, version, keys)
}

func (tx *Tx) setOrderKeys(ctx context.Context, set, and string, tenantID int64, version int, keys []OrderKey) (int64, error) {
	if len(keys) == 0 {
		return 0, nil
	}
	args := make([]any, 0, 3*len(keys)+2)
	for _, k := range keys {
		args = append(args, k.EntryID, k.Key)
	}
	args = append(args, version, tenantID)
	for _, k := range keys {
		args = append(args, k.EntryID)
	}
	statement := set + strings.Repeat(" WHEN ? THEN ?", len(keys)) + " " + and +
		" WHERE tenant_id = ? AND id IN (?" + strings.Repeat(", ?", len(keys)-1) + ")"
	result, err := tx.tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, fmt.Errorf("writing places: %w", err)
	}
	return result.RowsAffected()
}
