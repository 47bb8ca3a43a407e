package invariants

import (
	"fmt"
)

// tenants says for each reference that no foreign key covers, or that a mistake could drop one from, that both ends are of one
// business.
var tenants = references([][3]string{
	{"entries", "customer_id", "customers"}, {"entries", "service_id", "services"}, {"entries", "preferred_staff_id", "staff_members"},
	{"entry_staff", "entry_id", "entries"}, {"entry_staff", "staff_member_id", "staff_members"}, {"entry_windows", "entry_id", "entries"},
	{"slots", "staff_member_id", "staff_members"}, {"slots", "service_id", "services"}, {"slots", "cause_offer_id", "offers"},
	{"slots", "chosen_entry_id", "entries"},
	{"offers", "slot_id", "slots"}, {"offers", "entry_id", "entries"}, {"offers", "customer_id", "customers"},
	{"offers", "service_id", "services"}, {"offers", "staff_member_id", "staff_members"}, {"offers", "cause_offer_id", "offers"},
	{"bookings", "slot_id", "slots"}, {"bookings", "customer_id", "customers"}, {"bookings", "service_id", "services"},
	{"bookings", "staff_member_id", "staff_members"}, {"bookings", "offer_id", "offers"}, {"bookings", "entry_id", "entries"},
	{"outbox", "customer_id", "customers"}, {"outbox", "entry_id", "entries"}, {"outbox", "offer_id", "offers"}, {"outbox", "booking_id", "bookings"},
	{"mail_events", "outbox_id", "outbox"},
	{"consents", "customer_id", "customers"}, {"closures", "staff_member_id", "staff_members"},
	{"closure_skips", "closure_id", "closures"}, {"staff_hours", "staff_member_id", "staff_members"}, {"services", "category_id", "service_categories"},
	{"openings", "slot_id", "slots"}, {"openings", "booking_id", "bookings"},
	{"import_rows", "import_id", "imports"}, {"import_rows", "entry_id", "entries"}, {"list_caps", "service_id", "services"},
	{"customer_tags", "tag_id", "tags"}, {"customer_tags", "customer_id", "customers"}, {"bulk_acts", "tag_id", "tags"},
	{"bulk_acts", "key_id", "api_keys"}, {"bulk_acts", "undone_by_key_id", "api_keys"}, {"imports", "key_id", "api_keys"}, {"slots", "chosen_by_key_id", "api_keys"},
	{"bulk_changes", "bulk_act_id", "bulk_acts"}, {"bulk_changes", "entry_id", "entries"},
	{"webhook_deliveries", "endpoint_id", "webhook_endpoints"},
	{"ratings", "booking_id", "bookings"}, {"ratings", "customer_id", "customers"},
})

func references(list [][3]string) []invariant {
	var found []invariant
	for _, r := range list {
		child, column, parent := r[0], r[1], r[2]
		found = append(found, invariant{
			fmt.Sprintf("%s.%s is of the same business", child, column),
			fmt.Sprintf(`SELECT CONCAT('%[1]s of business ', c.tenant_id, ' with %[2]s ', c.%[2]s) FROM %[1]s c
LEFT JOIN %[3]s p ON p.tenant_id = c.tenant_id AND p.id = c.%[2]s WHERE c.%[2]s IS NOT NULL AND p.id IS NULL`, child, column, parent),
			none,
		})
	}
	return found
}

var all = func() []invariant {
	var list []invariant
	for _, group := range [][]invariant{claims, openings, offers, entries, outbox, messages, logins, imports, keys, audit, webhooks, tenants} {
		list = append(list, group...)
	}
	return list
}()
