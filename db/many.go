package db

import (
	"context"
	"fmt"
	"strings"
)

// mostArguments stays below what a statement may have on any server.
const mostArguments = 50_000

// addMany adds rows to a table in as few statements as it takes; sqlc cannot write those. into is "table (columns)".
func (tx *Tx) addMany(ctx context.Context, into string, rows [][]any) error {
	for len(rows) > 0 {
		width := len(rows[0])
		n := min(len(rows), mostArguments/width)
		one := "(?" + strings.Repeat(", ?", width-1) + ")"
		args := make([]any, 0, n*width)
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		statement := "INSERT INTO " + into + " VALUES " + one + strings.Repeat(", "+one, n-1)
		if _, err := tx.tx.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("adding %d rows to %s: %w", n, into, err)
		}
		rows = rows[n:]
	}
	return nil
}

// AddCustomers is AddCustomer for many at once.
func (tx *Tx) AddCustomers(ctx context.Context, list []AddCustomerParams) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		rows[i] = []any{c.TenantID, c.PublicID, c.Name, c.Email, c.Phone, c.EmailHash, c.IdentityHash, c.Locale, c.CreatedAt, c.PhoneHash}
	}
	return tx.addMany(ctx, "customers (tenant_id, public_id, name, email, phone, email_hash, identity_hash, locale, created_at, phone_hash)", rows)
}

// NamePrefixes are the digests that a customer's name is found by.
type NamePrefixes struct {
	CustomerID int64
	Digests    [][]byte
}

// AddManyPrefixes is AddCustomerPrefixes for many customers of a business.
func (tx *Tx) AddManyPrefixes(ctx context.Context, tenantID int64, list []NamePrefixes) error {
	var rows [][]any
	for _, p := range list {
		for _, digest := range p.Digests {
			rows = append(rows, []any{tenantID, digest, p.CustomerID})
		}
	}
	return tx.addMany(ctx, "customer_prefixes (tenant_id, prefix_hash, customer_id)", rows)
}

// AddEntries is AddEntry for many at once.
func (tx *Tx) AddEntries(ctx context.Context, list []AddEntryParams) error {
	rows := make([][]any, len(list))
	for i, e := range list {
		rows[i] = []any{
			e.TenantID, e.PublicID, e.CustomerID, e.ServiceID, e.LiveServiceID, e.State, e.Source, e.JoinedAt, e.ConfirmedAt, e.Priority,
			e.FlexibleDays, e.AnyStaff, e.PreferredStaffID, e.EarliestOn, e.LatestOn, e.NoticeMinutes, e.OrderKeyA, e.OrderKeyB,
			e.OrderVersionA, e.OrderVersionB, e.Consented, e.TokenHash, e.TokenVersion, e.Note, e.CreatedAt, e.MayGain, e.StaysFrom, e.ChangedAt,
		}
	}
	return tx.addMany(ctx, `entries (tenant_id, public_id, customer_id, service_id, live_service_id, state, source, joined_at, confirmed_at, priority,
		flexible_days, any_staff, preferred_staff_id, earliest_on, latest_on, notice_minutes, order_key_a, order_key_b,
		order_version_a, order_version_b, consented, token_hash, token_version, note, created_at, may_gain, stays_from, changed_at)`, rows)
}

// AddImportConsents keeps that a business stated the consent of those it brought.
func (tx *Tx) AddImportConsents(ctx context.Context, list []AddConsentParams) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		rows[i] = []any{c.TenantID, c.CustomerID, c.EntryID, c.Wording, c.Locale, c.GivenAt, "import"}
	}
	return tx.addMany(ctx, "consents (tenant_id, customer_id, entry_id, wording, locale, given_at, source)", rows)
}

// AddImportRows keeps the rows of a file.
func (tx *Tx) AddImportRows(ctx context.Context, list []ImportRow) error {
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{r.TenantID, r.ImportID, r.Line, r.State, r.Cells}
	}
	return tx.addMany(ctx, "import_rows (tenant_id, import_id, line, state, cells)", rows)
}

// MarkImportRowsAdded gives good rows the entries that were made of them, by line. It reports how many were still good.
func (tx *Tx) MarkImportRowsAdded(ctx context.Context, tenantID, importID int64, entries map[int]int64) (int64, error) {
	if len(entries) == 0 {
		return 0, nil
	}
	var cases strings.Builder
	var args, lines []any
	for line, entry := range entries {
		cases.WriteString(" WHEN ? THEN ?")
		args = append(args, line, entry)
		lines = append(lines, line)
	}
	args = append(append(args, tenantID, importID), lines...)
	result, err := tx.tx.ExecContext(ctx, "UPDATE import_rows SET state = 'added', entry_id = CASE line"+cases.String()+
		" END WHERE tenant_id = ? AND import_id = ? AND state = 'good' AND line IN (?"+strings.Repeat(", ?", len(lines)-1)+")", args...)
	if err != nil {
		return 0, fmt.Errorf("marking rows as imported: %w", err)
	}
	return result.RowsAffected()
}
