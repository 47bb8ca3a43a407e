package waitlist

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// Why an address is not written to, as the table keeps it.
const (
	SuppressedBounce       = "bounce"       // it doesn't exist, or refuses emails
	SuppressedComplaint    = "complaint"    // an email was reported as spam
	SuppressedUnsubscribed = "unsubscribed" // the customer wants none
	SuppressedManual       = "manual"       // staff decided so
)

// Suppression is an address that a business does not write to.
type Suppression struct {
	ID     string
	Email  string // empty: not known, only its digest
	Reason string // one of the four above
	Note   string // as given by a person; empty: none
	By     string // who suppressed it; empty: nobody of the business, or their login is gone
	Since  time.Time
}

// SuppressionQuery asks for a page of the suppressions.
type SuppressionQuery struct {
	Find  string // what was searched for, sealed by SealAddress
	After string // SuppressionPage.Next of another page
	Limit int    // how many at most; 0: as many as a page shows
}

// SuppressionPage is some of them, the newest first.
type SuppressionPage struct {
	List  []Suppression
	Next  string // SuppressionQuery.After for what follows; empty: nothing does
	Typed string // the address that was searched for
	Zone  *time.Location
	Now   time.Time
}

const suppressionsShown = 50

// Suppressions is a page of the addresses that a business does not write to, or the one that was searched for. Fails with Invalid for an
// After that no page gave.
func (w *Waitlist) Suppressions(ctx context.Context, tenantID int64, q SuppressionQuery) (p SuppressionPage, err error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return p, err
	}
	p.Zone = b.Zone
	if p.Now, err = w.db.Now(ctx); err != nil {
		return p, err
	}
	var rows []db.Suppression
	if q.Find != "" {
		p.Typed, rows, err = w.findSuppression(ctx, tenantID, q.Find)
	} else {
		rows, err = w.listSuppressions(ctx, tenantID, q)
	}
	if err != nil {
		return p, err
	}
	if most := cmp.Or(q.Limit, suppressionsShown); len(rows) > most {
		rows = rows[:most]
		last := rows[len(rows)-1]
		p.Next = strconv.FormatInt(last.CreatedAt.UnixMicro(), 36) + "." + addressID(last.EmailHash)
	}
	p.List, err = w.openSuppressions(ctx, tenantID, rows)
	return p, err
}

// Suppression is an address that a business does not write to, by its id. Fails with NotFound for one that it does.
func (w *Waitlist) Suppression(ctx context.Context, tenantID int64, id string) (Suppression, error) {
	hash := addressHash(id)
	if hash == nil {
		return Suppression{}, notFound("outbox.problem.no_suppression")
	}
	row, err := w.db.GetSuppression(ctx, db.GetSuppressionParams{TenantID: tenantID, EmailHash: hash})
	if row, err = found(row, err, "outbox.problem.no_suppression"); err != nil {
		return Suppression{}, err
	}
	list, err := w.openSuppressions(ctx, tenantID, []db.Suppression{row})
	if err != nil {
		return Suppression{}, err
	}
	return list[0], nil
}

func (w *Waitlist) findSuppression(ctx context.Context, tenantID int64, sealed string) (typed string, rows []db.Suppression, err error) {
	typed, err = w.openAddress(ctx, tenantID, sealed)
	if err != nil || typed == "" {
		return "", nil, err
	}
	row, is, err := maybe(w.db.GetSuppression(ctx, db.GetSuppressionParams{TenantID: tenantID, EmailHash: w.db.Lookup().Email(tenantID, typed)}))
	if is {
		rows = append(rows, row)
	}
	return typed, rows, db.Down(wrap(err, "looking for a suppression"))
}

// listSuppressions reads one row more than a page has, so that it shows whether anything follows.
func (w *Waitlist) listSuppressions(ctx context.Context, tenantID int64, q SuppressionQuery) ([]db.Suppression, error) {
	from := db.ListSuppressionsParams{
		TenantID: tenantID, At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), Limit: int32(cmp.Or(q.Limit, suppressionsShown) + 1),
	}
	if q.After != "" {
		at, id, _ := strings.Cut(q.After, ".")
		moment, ok := readMicros(at)
		if from.At, from.EmailHash = moment, addressHash(id); !ok || from.EmailHash == nil {
			return nil, badCursor()
		}
	}
	rows, err := w.db.ListSuppressions(ctx, from)
	return rows, db.Down(wrap(err, "reading suppressions"))
}

// openSuppressions opens the addresses of the rows that are shown. One that was suppressed before addresses were kept is that of the
// customer who has it.
func (w *Waitlist) openSuppressions(ctx context.Context, tenantID int64, rows []db.Suppression) ([]Suppression, error) {
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	var users []int64
	var unknown [][]byte
	for _, row := range rows {
		if row.UserID != nil {
			users = append(users, *row.UserID)
		}
		if row.Email == nil {
			unknown = append(unknown, row.EmailHash)
		}
	}
	names, err := w.userNames(ctx, users)
	if err != nil {
		return nil, err
	}
	known, err := w.addressesOfCustomers(ctx, tenantID, unknown)
	if err != nil {
		return nil, err
	}
	list := make([]Suppression, len(rows))
	for i, row := range rows {
		s := Suppression{ID: addressID(row.EmailHash), Reason: row.Reason, Since: row.CreatedAt, Email: known[string(row.EmailHash)]}
		if row.UserID != nil {
			s.By = names[*row.UserID]
		}
		if row.Email != nil {
			if s.Email, err = box.Open(inSuppression(tenantID, row.EmailHash, "email"), row.Email); err != nil {
				return nil, fmt.Errorf("opening a suppressed address: %w", err)
			}
		}
		if s.Note, err = box.Open(inSuppression(tenantID, row.EmailHash, "note"), row.Note); err != nil {
			return nil, fmt.Errorf("opening why an address is suppressed: %w", err)
		}
		list[i] = s
	}
	return list, nil
}

// addressesOfCustomers opens the addresses that some customer has, by their digest.
func (w *Waitlist) addressesOfCustomers(ctx context.Context, tenantID int64, hashes [][]byte) (map[string]string, error) {
	known := map[string]string{}
	if len(hashes) == 0 {
		return known, nil
	}
	customers, err := w.db.CustomersByEmails(ctx, db.CustomersByEmailsParams{TenantID: tenantID, EmailHashes: hashes})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading whose addresses are suppressed: %w", err))
	}
	for _, c := range customers {
		if known[string(c.EmailHash)] != "" {
			continue
		}
		p, err := w.person(ctx, c)
		if err != nil {
			return nil, err
		}
		known[string(c.EmailHash)] = p.Email
	}
	return known, nil
}

// unwritten tells why which of these addresses are not written to, by their digest.
func (w *Waitlist) unwritten(ctx context.Context, tenantID int64, hashes [][]byte) (map[string]string, error) {
	why := map[string]string{}
	if len(hashes) == 0 {
		return why, nil
	}
	rows, err := w.db.SuppressionsOf(ctx, db.SuppressionsOfParams{TenantID: tenantID, EmailHashes: hashes})
	for _, row := range rows {
		why[string(row.EmailHash)] = row.Reason
	}
	return why, db.Down(wrap(err, "reading suppressions"))
}

// SealAddress is an address that is searched for as it may stand in the address of a page: nobody but the business's own program can read
// it. Fails with Invalid.
func (w *Waitlist) SealAddress(ctx context.Context, tenantID int64, typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	if !seal.CheckEmail(typed) {
		return "", problem.Invalid(problem.Bad("q", "problem.email"))
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(box.Seal(inSearch(tenantID), typed)), nil
}

// openAddress is what SealAddress sealed, and nothing when somebody else made it.
func (w *Waitlist) openAddress(ctx context.Context, tenantID int64, sealed string) (string, error) {
	bytes, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return "", nil //nolint:nilerr // what is cut short finds nothing
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return "", err
	}
	typed, err := box.Open(inSearch(tenantID), bytes)
	if err != nil {
		return "", nil //nolint:nilerr // likewise what is foreign
	}
	return typed, nil
}

func inSearch(tenantID int64) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "suppressions", Column: "find", Row: "list"}
}

// inSuppression is the place of a sealed column. A suppression has no other id than the digest of its address.
func inSuppression(tenantID int64, hash []byte, column string) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "suppressions", Column: column, Row: addressID(hash)}
}

func addressID(hash []byte) string { return base64.RawURLEncoding.EncodeToString(hash) }

// addressHash is nil for what is no addressID.
func addressHash(id string) []byte {
	hash, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil || len(hash) != 32 {
		return nil
	}
	return hash
}
