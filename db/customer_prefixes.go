package db

import (
	"context"
	"fmt"
	"strings"
)

// AddCustomerPrefixes adds all digests that a customer's name is found by in one statement, which sqlc cannot write.
func (tx *Tx) AddCustomerPrefixes(ctx context.Context, tenantID, customerID int64, digests [][]byte) error {
	if len(digests) == 0 {
		return nil
	}
	args := make([]any, 0, 3*len(digests))
	for _, digest := range digests {
		args = append(args, tenantID, digest, customerID)
	}
	statement := "INSERT INTO customer_prefixes (tenant_id, prefix_hash, customer_id) VALUES (?, ?, ?)" +
		strings.Repeat(", (?, ?, ?)", len(digests)-1)
	if _, err := tx.tx.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("adding the digests of a name: %w", err)
	}
	return nil
}
