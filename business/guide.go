package business

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// Step is one of the first-run guide.
type Step string

// The steps in the order in which the guide leads through them. What is done is read from what there is, never from what was pressed.
const (
	StepProfile  Step = "profile"  // an address, and a phone or email for customers
	StepHours    Step = "hours"    // somebody saved the opening hours
	StepServices Step = "services" // there is a service
	StepTeam     Step = "team"     // somebody offers one
	StepOffers   Step = "offers"   // somebody saved how offers are made, or who goes first
	StepShare    Step = "share"    // somebody joined by the public page
	StepTry      Step = "try"      // an offer was accepted
)

// Steps are all of them in order.
func Steps() []Step {
	return []Step{StepProfile, StepHours, StepServices, StepTeam, StepOffers, StepShare, StepTry}
}

// Guide is how far a business has come from signing up to its first filled slot.
type Guide struct {
	Steps     []GuideStep
	Dismissed bool // somebody put it away
}

// GuideStep is one step and how it stands.
type GuideStep struct {
	Step    Step
	Done    bool
	Skipped bool // put off, and not done
}

// Done counts the steps that are done.
func (g Guide) Done() (n int) {
	for _, s := range g.Steps {
		if s.Done {
			n++
		}
	}
	return n
}

// Next is the first step that is neither done nor put off; empty when there is none.
func (g Guide) Next() Step { return g.After("") }

// After is the first open step behind one, then from the beginning; empty when there is none.
func (g Guide) After(step Step) Step {
	at := slices.IndexFunc(g.Steps, func(s GuideStep) bool { return s.Step == step })
	for _, s := range slices.Concat(g.Steps[at+1:], g.Steps[:at+1]) {
		if !s.Done && !s.Skipped && s.Step != step {
			return s.Step
		}
	}
	return ""
}

// Finished tells that nothing is left but what was put off.
func (g Guide) Finished() bool { return g.Next() == "" }

// Shown tells whether the overview leads on with it.
func (g Guide) Shown() bool { return !g.Dismissed && !g.Finished() }

// Guide reads how far a business has come.
func (b *Business) Guide(ctx context.Context, tenantID int64) (Guide, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return Guide{}, err
	}
	p, err := readProfile(ctx, b.db.Queries, tenantID)
	if err != nil {
		return Guide{}, err
	}
	acts, err := b.db.SettledActs(ctx, db.SettledActsParams{TenantID: tenantID, RecordID: tenantID})
	if err != nil {
		return Guide{}, db.Down(fmt.Errorf("reading what was settled: %w", err))
	}
	skips, err := b.db.GuideSkips(ctx, tenantID)
	if err != nil {
		return Guide{}, db.Down(fmt.Errorf("reading what was put off: %w", err))
	}
	joined, err := b.db.AnyPublicEntry(ctx, tenantID)
	if err != nil {
		return Guide{}, db.Down(fmt.Errorf("looking for somebody who joined: %w", err))
	}
	accepted, err := b.db.AnyAcceptedOffer(ctx, tenantID)
	if err != nil {
		return Guide{}, db.Down(fmt.Errorf("looking for an accepted offer: %w", err))
	}
	settled := func(about ...string) bool {
		return slices.ContainsFunc(acts, func(act string) bool {
			return slices.ContainsFunc(about, func(noun string) bool { return strings.HasPrefix(act, noun+".") })
		})
	}
	done := map[Step]bool{
		StepProfile: setup.reachable(p), StepHours: settled("hours"), StepServices: len(setup.activeServices()) > 0, StepTeam: len(setup.offerings) > 0,
		StepOffers: settled("offer_settings", "weights"), StepShare: joined != 0, StepTry: accepted != 0,
	}
	g := Guide{Dismissed: p.GuideDismissedAt != nil}
	for _, step := range Steps() {
		g.Steps = append(g.Steps, GuideStep{Step: step, Done: done[step], Skipped: !done[step] && slices.Contains(skips, string(step))})
	}
	return g, nil
}

// KeepHours says that the opening hours are right, be it as the business began with them.
func (b *Business) KeepHours(ctx context.Context, s waitlist.Staff) error {
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		acts, err := tx.SettledActs(ctx, db.SettledActsParams{TenantID: s.TenantID, RecordID: s.TenantID})
		if err != nil {
			return fmt.Errorf("reading what was settled: %w", err)
		}
		if slices.ContainsFunc(acts, func(act string) bool { return strings.HasPrefix(act, "hours.") }) {
			return nil
		}
		return note(ctx, tx, s, "hours.keep", "opening_hours", s.TenantID, nil)
	})
}

// reachable tells whether customers are told where to go and whom to ask.
func (s setup) reachable(p db.Profile) bool {
	return s.settings.Address != "" && (p.Phone != "" || p.Email != "")
}

// SkipStep puts a step of the guide off. problem.NotFound when there is no such step.
func (b *Business) SkipStep(ctx context.Context, s waitlist.Staff, step Step) error {
	if !slices.Contains(Steps(), step) {
		return problem.New(problem.NotFound, "problem.next.not_found")
	}
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		err = tx.SkipGuideStep(ctx, db.SkipGuideStepParams{TenantID: s.TenantID, Step: string(step), SkippedAt: now})
		switch {
		case db.IsDuplicate(err): // pressed twice
			return nil
		case err != nil:
			return fmt.Errorf("putting a step off: %w", err)
		}
		return note(ctx, tx, s, "guide.skip", "settings", s.TenantID, detail{"step": step})
	})
}

// DismissGuide puts the guide away.
func (b *Business) DismissGuide(ctx context.Context, s waitlist.Staff) error {
	return b.turnGuide(ctx, s, "guide.dismiss", func(ctx context.Context, tx *db.Tx) (int64, error) {
		now, err := tx.Now(ctx)
		if err != nil {
			return 0, err
		}
		return tx.DismissGuide(ctx, db.DismissGuideParams{At: &now, TenantID: s.TenantID})
	})
}

// RecallGuide brings the guide back, with the steps that were put off.
func (b *Business) RecallGuide(ctx context.Context, s waitlist.Staff) error {
	return b.turnGuide(ctx, s, "guide.recall", func(ctx context.Context, tx *db.Tx) (int64, error) {
		forgotten, err := tx.ForgetGuideSkips(ctx, s.TenantID)
		if err != nil {
			return 0, err
		}
		recalled, err := tx.RecallGuide(ctx, s.TenantID)
		return max(forgotten, recalled), err
	})
}

func (b *Business) turnGuide(ctx context.Context, s waitlist.Staff, action string, turn func(context.Context, *db.Tx) (int64, error)) error {
	return b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := makeProfile(ctx, tx, s.TenantID); err != nil {
			return err
		}
		n, err := turn(ctx, tx)
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return nil // pressed twice
		}
		return note(ctx, tx, s, action, "settings", s.TenantID, nil)
	})
}
