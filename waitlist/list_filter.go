package waitlist

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// ListFilter is which entries of a business a list, an export or an act on many is about. The zero value is everybody who is on the list.
type ListFilter struct {
	Find       string // what was searched for, sealed by SealFind: a name belongs into no address
	Service    string // public id; empty: any
	State      string // a rules.EntryState, ListEnded or ListAll; empty: all who are on the list
	Source     string // public, staff or import; empty: any
	Tag        string // public id of a tag that the customer bears; empty: whatever they bear
	Staff      string // public id of a staff member whom they want, or want among others; empty: whomever they want
	JoinedFrom rules.Date
	JoinedTo   rules.Date // that day still counts
	PassedOver bool       // only who fitted a slot and lost it to a bonus
	NoAddress  bool       // only who has no email address and is called
}

// What ListFilter.State may be beside the states themselves.
const (
	ListEnded = "ended" // no longer on the list
	ListAll   = "all"
)

var (
	liveStates  = []rules.EntryState{rules.EntryWaiting, rules.EntryOffered, rules.EntryPaused, rules.EntryUnconfirmed}
	endedStates = []rules.EntryState{rules.EntryBooked, rules.EntryLeft, rules.EntryExpired, rules.EntryRemoved}
)

// ListStates are all that ListFilter.State may be besides empty, in the order in which people are asked to choose.
func ListStates() []string {
	all := []string{}
	for _, s := range slices.Concat(liveStates, endedStates) {
		all = append(all, string(s))
	}
	return append(all, ListEnded, ListAll)
}

// ListSources are what ListFilter.Source may be.
func ListSources() []string { return []string{sourcePublic, sourceStaff, "import"} }

// ReadListFilter reads what Values wrote, or a form of the same names. What no such filter can be, as a date that is none, is named and
// left out.
func ReadListFilter(v url.Values) (ListFilter, []problem.Field) {
	f := ListFilter{
		Find: v.Get("find"), Service: v.Get("service"), State: v.Get("state"), Source: v.Get("source"), Tag: v.Get("tag"), Staff: v.Get("staff"),
		PassedOver: v.Get("passed_over") != "", NoAddress: v.Get("no_address") != "",
	}
	var bad []problem.Field
	if f.State != "" && !slices.Contains(ListStates(), f.State) {
		f.State, bad = "", append(bad, problem.Bad("state", "list.problem.choose"))
	}
	if f.Source != "" && !slices.Contains(ListSources(), f.Source) {
		f.Source, bad = "", append(bad, problem.Bad("source", "list.problem.choose"))
	}
	for name, day := range map[string]*rules.Date{"joined_from": &f.JoinedFrom, "joined_to": &f.JoinedTo} {
		typed := v.Get(name)
		if typed == "" {
			continue
		}
		var err error
		if *day, err = rules.ParseDate(typed); err != nil {
			*day, bad = rules.Date{}, append(bad, problem.Bad(name, "list.problem.day"))
		}
	}
	if !f.JoinedTo.IsZero() && f.JoinedTo.Before(f.JoinedFrom) {
		f.JoinedTo, bad = rules.Date{}, append(bad, problem.Bad("joined_to", "problem.before_start"))
	}
	slices.SortFunc(bad, func(x, y problem.Field) int { return cmp.Compare(x.Name, y.Name) })
	return f, bad
}

// Values is the filter as it stands in an address; the zero filter has none.
func (f ListFilter) Values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"find": f.Find, "service": f.Service, "state": f.State, "source": f.Source, "tag": f.Tag, "staff": f.Staff,
		"joined_from": dateText(f.JoinedFrom), "joined_to": dateText(f.JoinedTo),
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if f.PassedOver {
		v.Set("passed_over", "1")
	}
	if f.NoAddress {
		v.Set("no_address", "1")
	}
	return v
}

// states are the states that the filter lets through.
func (f ListFilter) states() []rules.EntryState {
	switch f.State {
	case "":
		return liveStates
	case ListEnded:
		return endedStates
	case ListAll:
		return slices.Concat(liveStates, endedStates)
	}
	return []rules.EntryState{rules.EntryState(f.State)}
}

func dateText(d rules.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
