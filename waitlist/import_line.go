package waitlist

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// liner reads the rows of one import as people who wait.
type liner struct {
	at       map[sheet.Field]int // which column
	services map[string]db.Service
	fallback *db.Service
	staff    map[int64]map[string]int64 // by service: ids by name
	tags     map[string]int64           // ids by name
	zone     *time.Location
	locale   string // of the business
	dayFirst bool
	joined   time.Time // of those whose row doesn't say
	now      time.Time
}

// listed is what a row says.
type listed struct {
	line int
	contact
	service  db.Service
	joined   time.Time
	priority int
	staff    *int64
	locale   string
	note     string
	tags     []int64
}

// newLiner reads what rows are compared with. Services and staff members are known by name: letters and digits only.
func newLiner(ctx context.Context, q *db.Queries, s Settings, m Mapping, joined, now time.Time) (*liner, error) {
	l := &liner{
		at: map[sheet.Field]int{}, services: map[string]db.Service{}, staff: map[int64]map[string]int64{}, tags: map[string]int64{},
		zone: s.Zone, locale: s.Row.Locale, dayFirst: m.DayFirst, joined: joined, now: now,
	}
	for i, field := range m.Columns {
		if field != sheet.Ignore {
			l.at[field] = i
		}
	}
	services, err := q.ListServices(ctx, s.Row.TenantID)
	if err != nil {
		return nil, wrap(err, "reading services")
	}
	for _, row := range services {
		service := row.Service
		l.services[sheet.Plain(service.Name)] = service
		if service.PublicID == m.Service {
			l.fallback = &service
		}
	}
	tags, err := q.ListTags(ctx, s.Row.TenantID)
	if err != nil {
		return nil, wrap(err, "reading tags")
	}
	for _, tag := range tags {
		l.tags[sheet.Plain(tag.Name)] = tag.ID
	}
	offering, err := q.StaffOffering(ctx, s.Row.TenantID)
	for _, m := range offering {
		if l.staff[m.ServiceID] == nil {
			l.staff[m.ServiceID] = map[string]int64{}
		}
		l.staff[m.ServiceID][sheet.Plain(m.Name)] = m.ID
	}
	return l, wrap(err, "reading who offers what")
}

// cell is what a row has in the column of a field.
func (l *liner) cell(row sheet.Row, field sheet.Field) string {
	i, ok := l.at[field]
	if !ok || i >= len(row.Cells) {
		return ""
	}
	return row.Cells[i]
}

// name is what a row calls its person.
func (l *liner) name(row sheet.Row) string {
	return strings.Join(strings.Fields(l.cell(row, sheet.Name)+" "+l.cell(row, sheet.FirstName)+" "+l.cell(row, sheet.LastName)), " ")
}

// read gives what a row says, or names every field of it that must be mended.
func (l *liner) read(row sheet.Row) (listed, []problem.Field) {
	p := listed{line: row.Line, locale: l.locale, joined: l.joined}
	var bad []problem.Field
	refuse := func(field sheet.Field, key string, args ...any) {
		bad = append(bad, problem.Bad(string(field), key, args...))
	}
	p.contact, bad = readContact(l.name(row), l.cell(row, sheet.Email), l.cell(row, sheet.Phone), l.locale, false)
	if p.email == "" && p.phone == "" && len(bad) == 0 {
		refuse(sheet.Email, "problem.import.unreachable")
	}
	l.readService(row, &p, refuse)
	if typed := l.cell(row, sheet.Joined); typed != "" {
		at, ok := sheet.Moment(typed, l.dayFirst, l.zone)
		switch {
		case !ok:
			refuse(sheet.Joined, "problem.import.date")
		case at.After(l.now):
			refuse(sheet.Joined, "problem.import.future")
		case at.Before(l.now.Add(-importOld)):
			refuse(sheet.Joined, "problem.import.old")
		}
		p.joined = at
	}
	if typed := l.cell(row, sheet.Priority); typed != "" {
		priority, err := strconv.Atoi(strings.Replace(strings.TrimPrefix(typed, "+"), "−", "-", 1))
		if err != nil || priority < -3 || priority > 3 {
			refuse(sheet.Priority, "problem.bounds", "Least", -3, "Most", 3)
		}
		p.priority = priority
	}
	if typed := l.cell(row, sheet.Language); typed != "" {
		var ok bool
		if p.locale, ok = tongue(typed); !ok {
			refuse(sheet.Language, "problem.import.language")
		}
	}
	if !l.readTags(l.cell(row, sheet.Tags), "|", ",;", &p) {
		refuse(sheet.Tags, "problem.import.tag")
	}
	note, field := readNote(l.cell(row, sheet.Note))
	if field != nil {
		bad = append(bad, *field)
	}
	p.note = note
	return p, bad
}

func (l *liner) readService(row sheet.Row, p *listed, refuse func(sheet.Field, string, ...any)) {
	typed := l.cell(row, sheet.Service)
	service, known := l.services[sheet.Plain(typed)]
	switch {
	case typed == "" && l.fallback != nil:
		service = *l.fallback
	case typed == "":
		refuse(sheet.Service, "problem.required")
		return
	case !known:
		refuse(sheet.Service, "problem.import.service")
		return
	}
	p.service = service
	if typed := l.cell(row, sheet.Staff); typed != "" {
		id, ok := l.staff[service.ID][sheet.Plain(typed)]
		if !ok {
			refuse(sheet.Staff, "problem.import.staff")
			return
		}
		p.staff = &id
	}
}

// readTags finds the tags that a cell names, between separators as an export writes them or, where no tag is called so, between others:
// a tag's own name may have a comma.
func (l *liner) readTags(cell, separators, others string, p *listed) (known bool) {
	for _, name := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		id, ok := l.tags[sheet.Plain(name)]
		switch {
		case sheet.Plain(name) == "":
		case ok:
			p.tags = append(p.tags, id)
		case others == "" || !l.readTags(name, others, "", p):
			return false
		}
	}
	return true
}

// tongue is the language that people call so, or that has this tag or code.
func tongue(typed string) (tag string, ok bool) {
	if tag, ok = tongues()[sheet.Plain(typed)]; ok {
		return tag, true
	}
	return i18n.LanguageOf(strings.TrimSpace(typed))
}

// tongues are the languages by what they are called in each of them, as sheet.Plain has it.
var tongues = sync.OnceValue(func() map[string]string {
	tags := map[string]string{}
	for _, l := range i18n.Languages() {
		for _, name := range i18n.LanguageNames(l.Tag) {
			tags[sheet.Plain(name)] = l.Tag
		}
	}
	return tags
})

// entry is the entry that a row asks for.
func (p listed) entry(i db.Import, s Settings, id string, now time.Time) newEntry {
	n := newEntry{
		now: now, settings: s, serviceRow: p.service, id: id, state: rules.EntryWaiting, source: sourceImport, priority: p.priority, note: p.note, joined: p.joined,
		consent: i.Consented && p.email != "", wording: i.Wording, locale: i.Locale,
	}
	n.rows.preferred = p.staff
	return n
}
