package audit

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// Link is how an entry stands in the chain, as far as a look at it alone can tell.
type Link string

// The ways to stand.
const (
	LinkWaiting Link = "waiting" // not linked yet: seconds
	LinkFits    Link = "fits"    // it is what was linked behind the entry before it
	LinkBroken  Link = "broken"  // it, or the entry before it, is not
)

// Line is one entry of a trail, for people to read.
type Line struct {
	Number int64     // place in the chain of the business; 0 while it waits
	At     time.Time // UTC
	Actor  Actor
	Who    string // name of the user or API key that acted; empty for others, and where there is none any more
	Action string
	Record string // table of the record acted on
	About  Subject
	Fields []Field  // what changed
	Untold []string // fields that changed and whose values are not kept
	Reason string
	Erased bool // a reason was given and erased since
	Link   Link

	row db.AuditEntry
}

// Field is one field that changed, by its name in the detail; an empty name is the one field there is. Values are those of JSON, with
// numbers as json.Number and ids of staff members and services as their names.
type Field struct {
	Name          string
	Before, After any
	Added         bool // there was none before
	Removed       bool // there is none after
}

// fieldsOf reads a detail. Acts write before, after and changed (see Change), or from and to, or values as they are since the act.
func fieldsOf(action, detail string) (fields []Field, untold []string) {
	decoder := json.NewDecoder(strings.NewReader(detail))
	decoder.UseNumber()
	var all map[string]any
	if decoder.Decode(&all) != nil {
		return nil, nil
	}
	if list, ok := all["changed"].([]any); ok {
		for _, name := range list {
			if text, ok := name.(string); ok {
				untold = append(untold, text)
			}
		}
		delete(all, "changed")
	}
	take := func(before, after string) {
		was, hadBefore := all[before]
		is, hasAfter := all[after]
		delete(all, before)
		delete(all, after)
		fields = append(fields, pairs(was, is, hadBefore, hasAfter)...)
	}
	take("before", "after")
	if _, ok := all["to"]; ok && !strings.HasPrefix(action, "closure.") {
		take("from", "to")
	}
	if n, ok := all["withdrawn"].(json.Number); ok && n == "0" { // nothing was withdrawn with it
		delete(all, "withdrawn")
	}
	for _, name := range slices.SortedFunc(maps.Keys(all), inOrder) {
		fields = append(fields, Field{Name: name, After: all[name], Added: true})
	}
	return fields, untold
}

// pairs are the fields in which two values differ: of objects each field, of others the one there is.
func pairs(before, after any, hadBefore, hasAfter bool) []Field {
	was, isObject := before.(map[string]any)
	is, alsoObject := after.(map[string]any)
	switch {
	case !hadBefore && !hasAfter:
		return nil
	case (hadBefore && !isObject) || (hasAfter && !alsoObject):
		return []Field{{Before: before, After: after, Added: !hadBefore, Removed: !hasAfter}}
	}
	names := map[string]bool{}
	for _, object := range []map[string]any{was, is} {
		for name := range object {
			names[name] = true
		}
	}
	var fields []Field
	for _, name := range slices.SortedFunc(maps.Keys(names), inOrder) {
		x, inBefore := was[name]
		y, inAfter := is[name]
		if inBefore && inAfter && same(x, y) || name == "withdrawn" && !inBefore && y == json.Number("0") {
			continue
		}
		x, y = apart(x, y)
		fields = append(fields, Field{Name: name, Before: x, After: y, Added: !inBefore, Removed: !inAfter})
	}
	return fields
}

// inOrder sorts the names of fields: what is from one day to another stays together, before whom it is for.
func inOrder(a, b string) int {
	late := func(name string) int { return slices.Index([]string{"from", "to", "staff_member_id"}, name) }
	return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(a, b))
}

// apart leaves of two lists of objects, such as the opening hours of a week, what is not in both.
func apart(before, after any) (any, any) {
	was, isList := before.([]any)
	is, alsoList := after.([]any)
	if !isList || !alsoList {
		return before, after
	}
	without := func(list, other []any) []any {
		return slices.DeleteFunc(slices.Clone(list), func(one any) bool {
			_, isObject := one.(map[string]any)
			return isObject && slices.ContainsFunc(other, func(two any) bool { return same(one, two) })
		})
	}
	return without(was, is), without(is, was)
}

// fits tells how a row stands behind the hash of the entry before it; before is nil when that one is not there.
func fits(row db.AuditEntry, before []byte) Link {
	if row.ChainSequence == nil {
		return LinkWaiting
	}
	var previous Hash
	switch {
	case len(before) == len(previous):
		previous = stored(before)
	case *row.ChainSequence != 1:
		return LinkBroken
	}
	if kind, _ := fitness(row, []Hash{previous}); kind != "" {
		return LinkBroken
	}
	return LinkFits
}
