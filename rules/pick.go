package rules

import "time"

// Stream yields the candidates of one service in ascending (OrderKey, EntryID), whether they fit or not; ok is false at the end.
type Stream func() (c Candidate, ok bool, err error)

// Cursor is a place in the merged order of all streams.
type Cursor struct{ OrderKey, EntryID int64 }

func (a Cursor) before(b Cursor) bool {
	return a.OrderKey < b.OrderKey || a.OrderKey == b.OrderKey && a.EntryID < b.EntryID
}

// Pick is who should have an opening, and what looking for them brought to light.
type Pick struct {
	Candidate             Candidate
	Service               ServiceTime
	StaffBonus, TimeBonus int       // points
	PassedOver            []int64   // entries that fit and had the better order key, and lost only to the bonus
	Looked                int       // candidates
	Last                  Cursor    // the last one looked at, if any was: a scan that stopped at its limit goes on after it
	Contacts              bool      // somebody would fit if their contact budget were not used up
	EarliestContact       time.Time // when the first such budget renews
}

// Parts are the parts of the picked candidate's score at now, waiting and bonuses included.
func (p Pick) Parts(w Weights, now time.Time) Parts {
	parts := p.Candidate.Parts
	parts.Wait = WaitPoints(w, p.Candidate.JoinedAt, now)
	parts.PreferredStaff, parts.PreferredTime = p.StaffBonus, p.TimeBonus
	return parts
}

// Best finds who should have the opening: of the candidates that fit, the one with the smallest order key after its bonus; of equal ones
// the one that was ahead without it. services[i] belongs to streams[i].
//
// It stops as soon as nobody further back can win. Having looked at limit candidates before that, it says more: p is then the best of
// those seen, if found. It fails when a stream does, or yields candidates out of their order.
func Best(s Settings, now time.Time, o Opening, services []ServiceTime, streams []Stream, limit int) (p Pick, found bool, more bool, err error) {
	m, err := merge(services, streams)
	if err != nil {
		return p, false, false, err
	}
	reachable := keyPerPoint * int64(s.Weights.MaxBonus())
	var bestKey int64
	var fitted []int64
	for at := m.first(); at >= 0; at = m.first() {
		c, sv := m.heads[at].candidate, services[at]
		if found && c.OrderKey-reachable > bestKey {
			return p, found, false, nil
		}
		if p.Looked >= limit {
			return p, found, true, nil
		}
		p.Looked++
		p.Last = Cursor{c.OrderKey, c.EntryID}
		switch Fits(s, now, o, sv, c) {
		case "":
			staff, timeOfDay := Bonus(s, o, sv, c)
			if key := c.OrderKey - keyPerPoint*int64(staff+timeOfDay); !found || key < bestKey {
				found, bestKey = true, key
				p.Candidate, p.Service, p.StaffBonus, p.TimeBonus = c, sv, staff, timeOfDay
				p.PassedOver = fitted[:len(fitted):len(fitted)]
			}
			fitted = append(fitted, c.EntryID)
		case MisfitContactLimit:
			renewed := NextContact(s, now, c.ContactsToday, c.LastContact)
			if !p.Contacts || renewed.Before(p.EarliestContact) {
				p.Contacts, p.EarliestContact = true, renewed
			}
		}
		if err := m.advance(at); err != nil {
			return p, false, false, err
		}
	}
	return p, found, false, nil
}
