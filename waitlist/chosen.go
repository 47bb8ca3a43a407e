package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// tryChosen offers the slot to the entry that staff chose. A customer who cannot have it any more is forgotten, and the rank decides.
func (w *Waitlist) tryChosen(ctx context.Context, tx *db.Tx, sc *scan) (bool, error) {
	slot := sc.slot
	p, misfit, err := sc.recheck(ctx, tx, *slot.ChosenEntryID, staffKnowBetter)
	if err != nil {
		return false, err
	}
	entry, live := p.entry(*slot.ChosenEntryID)
	failing, err := mailFailing(ctx, tx)
	if err != nil {
		return false, err
	}
	if !live || misfit != "" || sc.now.Add(sc.settings.Hold).After(slot.StartsAt) {
		sc.slot.ChosenEntryID = nil
		n, err := tx.ForgetChosenEntry(ctx, db.ForgetChosenEntryParams{TenantID: slot.TenantID, ID: slot.ID})
		return false, must(n, err, "forgetting a choice")
	}
	if failing && p.customer.Email != nil {
		return false, nil // the slot waits for the mail, and the choice with it
	}
	box, err := tx.Box(ctx, slot.TenantID)
	if err != nil {
		return false, err
	}
	if sc.chosenReason, err = box.Open(inSlot(slot, "chosen_reason"), slot.ChosenReason); err != nil {
		return false, fmt.Errorf("reading the reason of a choice: %w", err)
	}
	candidates, err := sc.candidates(ctx, []db.Entry{entry})
	if err != nil || len(candidates) == 0 {
		return false, err
	}
	service := serviceTime(sc.services[entry.ServiceID])
	pick := rules.Pick{Candidate: candidates[0], Service: service}
	pick.StaffBonus, pick.TimeBonus = rules.Bonus(sc.settings.Settings, sc.opening, service, candidates[0])
	var chooser *Staff
	if slot.ChosenBy != nil {
		s := staffOf(slot.TenantID, *slot.ChosenBy, slot.ChosenByKeyID)
		chooser = &s
	}
	return true, w.offer(ctx, tx, sc, p, pick, chooser)
}

// staffKnowBetter leaves out what a person at the counter may overrule: wishes and contact limits yes, double booking never.
func staffKnowBetter(c rules.Candidate) rules.Candidate {
	c.AllowedStaff, c.Windows, c.Notice = nil, nil, 0
	c.EarliestOn, c.LatestOn = rules.Date{}, rules.Date{}
	c.ContactsToday, c.LastContact = 0, time.Time{}
	c.Reachable, c.Consented = true, true
	return c
}

// OfferTo lets staff give the slot to this person instead, with a reason. An open slot is offered at once. A held one is
// offered when its present offer is withdrawn, 10 s from now unless RestoreOffer undoes that. The reason is kept.
//
// Fails with Conflict when this person cannot have the slot, NotFound for ids of another business.
func (w *Waitlist) OfferTo(ctx context.Context, s Staff, slotPublicID, entryPublicID, reason string) error {
	reason, field := readReason(reason)
	if field != nil {
		return problem.Invalid(*field)
	}
	slotID, err := w.slotID(ctx, s.TenantID, slotPublicID)
	if err != nil {
		return err
	}
	entry, err := w.db.GetEntryByPublicID(ctx, db.GetEntryByPublicIDParams{TenantID: s.TenantID, PublicID: entryPublicID})
	if entry, err = found(entry, err, "problem.no_such_entry"); err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error { return w.choose(ctx, tx, s, slotID, entry.ID, reason) })
}

func (w *Waitlist) choose(ctx context.Context, tx *db.Tx, s Staff, slotID, entryID int64, reason string) error {
	slot, err := lockSlot(ctx, tx, s.TenantID, slotID)
	if err != nil {
		return err
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if slot.State != rules.SlotOpen && slot.State != rules.SlotHeld {
		return problem.New(problem.Conflict, "problem.slot_not_free")
	}
	settings, err := LoadSettings(ctx, tx.Queries, s.TenantID)
	if err != nil {
		return err
	}
	if now.Add(settings.Hold).After(slot.StartsAt) {
		return problem.New(problem.Conflict, "problem.too_late_to_ask")
	}
	sc, err := newScan(ctx, tx.Queries, settings, slot, now)
	if err != nil {
		return err
	}
	_, misfit, err := sc.recheck(ctx, tx, entryID, staffKnowBetter)
	if err != nil {
		return err
	}
	if misfit != "" {
		return problem.New(problem.Conflict, "problem.misfit."+string(misfit))
	}
	box, err := tx.Box(ctx, s.TenantID)
	if err != nil {
		return err
	}
	n, err := tx.ChooseEntryForSlot(ctx, db.ChooseEntryForSlotParams{
		ChosenEntryID: &entryID, ChosenBy: &s.UserID, ChosenByKeyID: s.keyID(), ChosenReason: box.Seal(inSlot(slot, "chosen_reason"), reason),
		TenantID: s.TenantID, ID: slot.ID,
	})
	if err := must(n, err, "choosing an entry"); err != nil {
		return err
	}
	if slot.State == rules.SlotOpen {
		tx.AfterCommit(func() { w.fillNow(ctx, s.TenantID, slot.ID) })
		return nil
	}
	return wishPendingWithdrawn(ctx, tx, s, slot, now)
}

func inSlot(slot db.Slot, column string) seal.Where {
	return seal.Where{Tenant: slot.TenantID, Table: "slots", Column: column, Row: slot.PublicID}
}
