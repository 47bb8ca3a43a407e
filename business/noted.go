package business

import (
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// What the audit trail keeps of the set-up, before and after a change. Names of people, addresses and reasons are not among it.

func offerFacts(row db.Setting) detail {
	return detail{
		"hold": row.HoldSeconds / 60, "hold_cap": row.HoldCapSeconds / 60, "minimum_notice": row.MinimumNoticeMinutes,
		"contacts_per_day": row.ContactsPerDay, "contact_gap": row.ContactGapMinutes, "place_counts_from_joining": row.PlaceCountsFromJoining,
	}
}

func limitFacts(row db.Setting) detail {
	return detail{"messages_per_hour": row.MessagesPerHour, "messages_per_day": row.MessagesPerDay}
}

func quietFacts(row db.Setting) detail {
	d := detail{"quiet_from": nil, "quiet_to": nil, "night_openings": string(row.NightOpenings)}
	if row.QuietFromMinute != row.QuietToMinute {
		d["quiet_from"], d["quiet_to"] = clockText(row.QuietFromMinute), clockText(row.QuietToMinute)
	}
	return d
}

func serviceFacts(s service, currency string) detail {
	d := detail{"name": s.Name, "duration": s.Duration, "buffer": s.Buffer, "price_kind": string(s.PriceKind), "staff": sorted(s.Staff)}
	if s.PriceKind == rules.PriceAmount {
		d["price"] = map[string]any{"minor": s.Price, "currency": currency}
	}
	return d
}

// serviceOf is a saved service as if it were read from a form.
func (s setup) serviceOf(row db.Service) service {
	read := service{Name: row.Name, Duration: row.DurationMinutes, Buffer: row.BufferMinutes, PriceKind: row.PriceKind, Price: row.PriceMinor}
	for _, o := range s.offerings {
		if o.serviceID == row.ID {
			read.Staff = append(read.Staff, o.staffID)
		}
	}
	return read
}

// servicesOf are the ids of what an active staff member offers.
func (s setup) servicesOf(staffID int64) []int64 {
	var ids []int64
	for _, o := range s.offerings {
		if o.staffID == staffID {
			ids = append(ids, o.serviceID)
		}
	}
	return sorted(ids)
}

func sorted(ids []int64) []int64 {
	list := slices.Clone(ids)
	slices.Sort(list)
	return append([]int64{}, list...)
}
