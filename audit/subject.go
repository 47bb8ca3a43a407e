package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// Subject is the record that an act was about, as it is now: the trail itself keeps no name. All of it is empty for a record that is gone.
type Subject struct {
	ID       string    // public id of its page: of an offer that of its slot; empty when it has none
	Name     string    // of the customer, staff member, service or user
	StartsAt time.Time // UTC, of an appointment's time; zero for others
}

type recordID struct {
	record string
	id     int64
}

// names is what a page of the trail calls people and things by.
type names struct {
	users    map[int64]string
	keys     map[int64]string // API keys
	subjects map[recordID]Subject
	staff    map[string]string // by the decimal id
	services map[string]string
}

// lines puts rows into words' reach: with names, with how they stand in the chain.
func (t *Trail) lines(ctx context.Context, tenantID int64, rows []db.AuditEntry) ([]Line, error) {
	n, err := namesOf(ctx, t.db, tenantID, rows)
	if err != nil {
		return nil, err
	}
	hashes, err := t.hashesBefore(ctx, tenantID, rows)
	if err != nil {
		return nil, err
	}
	box, err := t.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	list := make([]Line, len(rows))
	for i, row := range rows {
		line := Line{
			At: row.At, Actor: Actor(row.Actor), Action: row.Action, Record: row.Record, About: n.subjects[recordID{row.Record, row.RecordID}],
			Erased: len(row.Reason) == 0 && len(row.ReasonHash) > 0, row: row,
		}
		if row.ChainSequence != nil {
			line.Number = *row.ChainSequence
		}
		line.Link = fits(row, hashes[line.Number-1])
		line.Who = n.who(row)
		line.Fields, line.Untold = fieldsOf(row.Action, row.Detail)
		n.replaceIDs(line.Fields)
		// A reason that was tampered with does not open; the line says that it is broken.
		if line.Reason, err = Reason(box, row); err != nil {
			line.Link = LinkBroken
		}
		list[i] = line
	}
	return list, nil
}

// hashesBefore are the hashes that the entries before these have in the chain, by their places.
func (t *Trail) hashesBefore(ctx context.Context, tenantID int64, rows []db.AuditEntry) (map[int64][]byte, error) {
	var places []*int64
	for _, row := range rows {
		if row.ChainSequence != nil && *row.ChainSequence > 1 {
			before := *row.ChainSequence - 1
			places = append(places, &before)
		}
	}
	hashes := map[int64][]byte{}
	if len(places) == 0 {
		return hashes, nil
	}
	found, err := t.db.AuditHashes(ctx, db.AuditHashesParams{TenantID: tenantID, Sequences: places})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading hashes of the audit trail: %w", err))
	}
	for _, one := range found {
		hashes[*one.ChainSequence] = one.ChainHash
	}
	return hashes, nil
}

func namesOf(ctx context.Context, d *db.DB, tenantID int64, rows []db.AuditEntry) (names, error) {
	n := names{users: map[int64]string{}, keys: map[int64]string{}, subjects: map[recordID]Subject{}, staff: map[string]string{}, services: map[string]string{}}
	ids, seen := map[string][]int64{}, map[recordID]bool{}
	add := func(record string, id int64) {
		if key := (recordID{record, id}); !seen[key] {
			seen[key] = true
			ids[record] = append(ids[record], id)
		}
	}
	for _, row := range rows {
		add(row.Record, row.RecordID)
		if table := actorsIn[Actor(row.Actor)]; table != "" && row.ActorID != nil {
			add(table, *row.ActorID)
		}
	}
	box, err := d.Box(ctx, tenantID)
	if err != nil {
		return n, err
	}
	f := finding{ctx: ctx, d: d, tenantID: tenantID, box: box, names: n}
	for _, find := range []func(map[string][]int64) error{f.setUp, f.people, f.apiKeys, f.entries, f.offers, f.bookings, f.slots, f.closures, f.webhooks} {
		if err := find(ids); err != nil {
			return n, db.Down(fmt.Errorf("reading the names in an audit trail: %w", err))
		}
	}
	return n, nil
}

// actorsIn are the tables of the actors that have names of their own.
var actorsIn = map[Actor]string{User: "users", Key: "api_keys"}

// who is the name of whoever acted; "" where there is none.
func (n names) who(row db.AuditEntry) string {
	switch {
	case row.ActorID == nil:
		return ""
	case row.Actor == string(User):
		return n.users[*row.ActorID]
	case row.Actor == string(Key):
		return n.keys[*row.ActorID]
	}
	return ""
}

// finding reads what records are called by now.
type finding struct {
	ctx      context.Context
	d        *db.DB
	tenantID int64
	box      *seal.Box
	names
}

func (f finding) customer(publicID string, sealed []byte) (string, error) {
	return f.box.Open(seal.Where{Tenant: f.tenantID, Table: "customers", Column: "name", Row: publicID}, sealed)
}

func (f finding) setUp(map[string][]int64) error {
	staff, err := f.d.AllStaffMembers(f.ctx, f.tenantID)
	if err != nil {
		return err
	}
	for _, m := range staff {
		f.staff[strconv.FormatInt(m.ID, 10)] = m.Name
		s := Subject{Name: m.Name}
		if m.Active {
			s.ID = m.PublicID
		}
		f.subjects[recordID{"staff_members", m.ID}] = s
	}
	services, err := f.d.AllServices(f.ctx, f.tenantID)
	if err != nil {
		return err
	}
	for _, one := range services {
		f.services[strconv.FormatInt(one.ID, 10)] = one.Name
		s := Subject{Name: one.Name}
		if one.Active {
			s.ID = one.PublicID
		}
		f.subjects[recordID{"services", one.ID}] = s
	}
	return nil
}

func (f finding) people(ids map[string][]int64) error {
	if list := ids["users"]; len(list) > 0 {
		rows, err := f.d.AuditNamesOfUsers(f.ctx, db.AuditNamesOfUsersParams{TenantID: f.tenantID, Ids: list})
		if err != nil {
			return err
		}
		for _, row := range rows {
			name := userName(f.d, row.PublicID, row.Name)
			f.users[row.ID] = name
			s := Subject{Name: name}
			if row.Member != 0 {
				s.ID = row.PublicID
			}
			f.subjects[recordID{"users", row.ID}] = s
		}
	}
	list := ids["customers"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfCustomers(f.ctx, db.AuditNamesOfCustomersParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := Subject{}
		if s.Name, err = f.customer(row.PublicID, row.Name); err != nil {
			return err
		}
		f.subjects[recordID{"customers", row.ID}] = s
	}
	return nil
}

func (f finding) apiKeys(ids map[string][]int64) error {
	list := ids["api_keys"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.APIKeyNames(f.ctx, db.APIKeyNamesParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		f.keys[row.ID] = row.Name
		f.subjects[recordID{"api_keys", row.ID}] = Subject{ID: row.PublicID, Name: row.Name}
	}
	return nil
}

// userName is "" for a user whose name can't be read any more.
func userName(d *db.DB, publicID string, sealed []byte) string {
	name, err := d.SystemBox().Open(seal.Where{Table: "users", Column: "name", Row: publicID}, sealed)
	if err != nil {
		return ""
	}
	return name
}

func (f finding) entries(ids map[string][]int64) error {
	list := ids["entries"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfEntries(f.ctx, db.AuditNamesOfEntriesParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := Subject{ID: row.PublicID}
		if s.Name, err = f.customer(row.CustomerPublicID, row.CustomerName); err != nil {
			return err
		}
		f.subjects[recordID{"entries", row.ID}] = s
	}
	return nil
}

func (f finding) offers(ids map[string][]int64) error {
	list := ids["offers"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfOffers(f.ctx, db.AuditNamesOfOffersParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := Subject{ID: row.PublicID, StartsAt: row.StartsAt}
		if s.Name, err = f.customer(row.CustomerPublicID, row.CustomerName); err != nil {
			return err
		}
		f.subjects[recordID{"offers", row.ID}] = s
	}
	return nil
}

func (f finding) bookings(ids map[string][]int64) error {
	list := ids["bookings"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfBookings(f.ctx, db.AuditNamesOfBookingsParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := Subject{ID: row.PublicID, StartsAt: row.StartsAt}
		if row.CustomerPublicID != nil {
			if s.Name, err = f.customer(*row.CustomerPublicID, row.CustomerName); err != nil {
				return err
			}
		}
		f.subjects[recordID{"bookings", row.ID}] = s
	}
	return nil
}

func (f finding) slots(ids map[string][]int64) error {
	list := ids["slots"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfSlots(f.ctx, db.AuditNamesOfSlotsParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		f.subjects[recordID{"slots", row.ID}] = Subject{ID: row.PublicID, Name: row.Name, StartsAt: row.StartsAt}
	}
	return nil
}

func (f finding) closures(ids map[string][]int64) error {
	list := ids["closures"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfClosures(f.ctx, db.AuditNamesOfClosuresParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		f.subjects[recordID{"closures", row.ID}] = Subject{ID: row.PublicID}
	}
	return nil
}

func (f finding) webhooks(ids map[string][]int64) error {
	list := ids["webhook_endpoints"]
	if len(list) == 0 {
		return nil
	}
	rows, err := f.d.AuditNamesOfWebhooks(f.ctx, db.AuditNamesOfWebhooksParams{TenantID: f.tenantID, Ids: list})
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := Subject{Name: row.Name}
		if row.RemovedAt == nil {
			s.ID = row.PublicID
		}
		f.subjects[recordID{"webhook_endpoints", row.ID}] = s
	}
	return nil
}

// replaceIDs puts names where a detail has ids of staff members or services.
func (n names) replaceIDs(fields []Field) {
	for i := range fields {
		byID := map[string]map[string]string{
			"staff": n.staff, "staff_member_id": n.staff, "staff_members": n.staff, "services": n.services, "service_id": n.services,
		}[fields[i].Name]
		if byID != nil {
			fields[i].Before, fields[i].After = named(fields[i].Before, byID), named(fields[i].After, byID)
		}
	}
}

func named(value any, byID map[string]string) any {
	switch v := value.(type) {
	case json.Number:
		if name := byID[v.String()]; name != "" {
			return name
		}
	case []any:
		list := make([]any, len(v))
		for i, one := range v {
			list[i] = named(one, byID)
		}
		return list
	}
	return value
}
