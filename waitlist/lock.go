package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// The order of locks is the same in every act: staff member, slot, offer, customer, entry, outbox; ascending ids within a kind.

// lockSlot locks the slot's staff member, whose time it is, and then the slot.
func lockSlot(ctx context.Context, tx *db.Tx, tenantID, slotID int64) (db.Slot, error) {
	slot, err := tx.GetSlot(ctx, db.GetSlotParams{TenantID: tenantID, ID: slotID})
	if slot, err = found(slot, err, "problem.no_such_slot"); err != nil {
		return slot, err
	}
	if _, err := tx.LockStaffMember(ctx, db.LockStaffMemberParams{TenantID: tenantID, ID: slot.StaffMemberID}); err != nil {
		return slot, fmt.Errorf("locking a staff member: %w", err)
	}
	slot, err = tx.LockSlot(ctx, db.LockSlotParams{TenantID: tenantID, ID: slotID})
	if err != nil {
		return slot, fmt.Errorf("locking a slot: %w", err)
	}
	return slot, nil
}

// lockOffer locks an offer's slot and then the offer.
func lockOffer(ctx context.Context, tx *db.Tx, tenantID, offerID int64) (db.Slot, db.Offer, error) {
	offer, err := tx.GetOffer(ctx, db.GetOfferParams{TenantID: tenantID, ID: offerID})
	if offer, err = found(offer, err, "problem.no_such_offer"); err != nil {
		return db.Slot{}, offer, err
	}
	slot, err := lockSlot(ctx, tx, tenantID, offer.SlotID)
	if err != nil {
		return slot, offer, err
	}
	offer, err = tx.LockOffer(ctx, db.LockOfferParams{TenantID: tenantID, ID: offerID})
	if err != nil {
		return slot, offer, fmt.Errorf("locking an offer: %w", err)
	}
	return slot, offer, nil
}

// party is a locked customer with their locked live entries.
type party struct {
	customer db.Customer
	entries  []db.Entry
}

// entry finds one of the live entries.
func (p party) entry(id int64) (db.Entry, bool) {
	for _, e := range p.entries {
		if e.ID == id {
			return e, true
		}
	}
	return db.Entry{}, false
}

// entryFor finds the live entry for a service.
func (p party) entryFor(serviceID int64) (db.Entry, bool) {
	for _, e := range p.entries {
		if e.ServiceID == serviceID {
			return e, true
		}
	}
	return db.Entry{}, false
}

// lockParty locks everybody who shares the customer's address, since contact limits count per address, and then the
// customer's live entries.
func lockParty(ctx context.Context, tx *db.Tx, tenantID, customerID int64) (party, error) {
	customer, err := tx.GetCustomer(ctx, db.GetCustomerParams{TenantID: tenantID, ID: customerID})
	if customer, err = found(customer, err, "problem.no_such_customer"); err != nil {
		return party{}, err
	}
	if customer.EmailHash != nil {
		if _, err := tx.LockCustomersByEmail(ctx, db.LockCustomersByEmailParams{TenantID: tenantID, EmailHash: customer.EmailHash}); err != nil {
			return party{}, fmt.Errorf("locking who shares an address: %w", err)
		}
	}
	customer, err = tx.LockCustomer(ctx, db.LockCustomerParams{TenantID: tenantID, ID: customerID})
	if err != nil {
		return party{}, fmt.Errorf("locking a customer: %w", err)
	}
	entries, err := tx.LockLiveEntries(ctx, db.LockLiveEntriesParams{TenantID: tenantID, CustomerID: customerID})
	if err != nil {
		return party{}, fmt.Errorf("locking a customer's entries: %w", err)
	}
	return party{customer, entries}, nil
}
