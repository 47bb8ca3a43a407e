package business

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/paths"
)

// Installation is what a business can't see from its own data: how the program around it is set up.
type Installation struct {
	Base  paths.Base // what links in emails begin with
	Sends bool       // emails leave this machine

	SendGrid bool // they go through SendGrid
	Hears    bool // what it tells of them afterwards can be believed: there is a key for it
}

// Verdict is how one line of the launch checklist stands.
type Verdict string

// The verdicts.
const (
	Ready   Verdict = "ok"
	Advised Verdict = "warn" // customers can come without it
	Missing Verdict = "todo" // customers can't come yet
)

// Check is one line of the launch checklist; its texts are launch.<Key>.
type Check struct {
	Key     string
	Verdict Verdict
	Names   []string // whom it is about; mostly nobody
	Href    string   // the page that mends it; empty: whoever runs the program does
}

// Launch is what is ready and what is missing before a business tells its customers about its list. Nothing of it is ticked by hand.
func (b *Business) Launch(ctx context.Context, tenantID int64, i Installation) ([]Check, error) {
	o, err := b.Overview(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	g, err := b.Guide(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	owners, err := b.db.CountOwners(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("counting the owners: %w", err))
	}
	weak, err := b.db.CountOwnersWithoutSecondFactor(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("counting the owners without a second factor: %w", err))
	}
	mail, err := b.mail(ctx, tenantID, i)
	if err != nil {
		return nil, err
	}
	join, err := b.joinable(ctx, o)
	if err != nil {
		return nil, err
	}
	done := map[Step]bool{}
	for _, s := range g.Steps {
		done[s.Step] = s.Done
	}
	reports, err := b.reports(ctx, tenantID, i)
	if err != nil {
		return nil, err
	}
	return append([]Check{
		{Key: "profile", Verdict: unless(done[StepProfile], Missing), Href: paths.Profile},
		{Key: "privacy", Verdict: unless(o.Business.Privacy != "", Advised), Href: paths.Profile},
		{Key: "hours", Verdict: unless(o.HasHours, Missing), Href: paths.Hours},
		checkAll("services", o.Services, o.Unoffered, paths.Services),
		checkAll("staff", o.Staff, o.Idle, paths.StaffMembers),
		join,
		{Key: "tried", Verdict: unless(done[StepTry], Missing), Href: paths.WelcomeStep(string(StepTry))},
		mail,
		{Key: "base", Verdict: unless(public(i.Base), Missing)},
		{Key: "owners", Verdict: unless(owners > 1, Advised), Href: paths.Users},
		{Key: "factor", Verdict: unless(weak == 0, Advised), Href: paths.SecondFactor},
	}, reports...), nil
}

func unless(ready bool, otherwise Verdict) Verdict {
	if ready {
		return Ready
	}
	return otherwise
}

// checkAll is about a list: it must not be empty, and nothing on it be useless.
func checkAll(key string, n int, useless []string, href string) Check {
	switch {
	case n == 0:
		return Check{Key: key, Verdict: Missing, Href: href}
	case len(useless) > 0:
		return Check{Key: key, Verdict: Advised, Names: useless, Href: href}
	}
	return Check{Key: key, Verdict: Ready, Href: href}
}

// joinable tells whether customers can join just now.
func (b *Business) joinable(ctx context.Context, o Overview) (Check, error) {
	if !o.CanJoin {
		return Check{Key: "join", Verdict: Missing, Href: paths.Services}, nil
	}
	closed, err := b.waitlist.Closed(ctx, o.Business)
	if err != nil {
		return Check{}, err
	}
	if closed.All() {
		return Check{Key: "join_closed", Verdict: Missing, Href: paths.Joining}, nil
	}
	return Check{Key: "join", Verdict: Ready, Href: paths.Joining}, nil
}

// mail tells whether emails really go out: they are sent at all, none fails at the moment, and one of this business has gone.
func (b *Business) mail(ctx context.Context, tenantID int64, i Installation) (Check, error) {
	if !i.Sends {
		return Check{Key: "sender", Verdict: Missing}, nil
	}
	status, err := b.db.GetMailStatus(ctx)
	if err != nil && !db.IsNone(err) {
		return Check{}, db.Down(fmt.Errorf("reading whether sending works: %w", err))
	}
	if err == nil && status.FailingSince != nil {
		return Check{Key: "mail_fails", Verdict: Missing}, nil
	}
	sent, err := b.db.AnySentMessage(ctx, tenantID)
	if err != nil {
		return Check{}, db.Down(fmt.Errorf("looking for a sent email: %w", err))
	}
	return Check{Key: "mail", Verdict: unless(sent != 0, Missing), Href: paths.WelcomeStep(string(StepTry))}, nil
}

// reports tells whether the provider tells what becomes of this business's emails; nothing where the provider is none that does.
func (b *Business) reports(ctx context.Context, tenantID int64, i Installation) ([]Check, error) {
	switch {
	case !i.SendGrid:
		return nil, nil
	case !i.Hears:
		return []Check{{Key: "reports_key", Verdict: Advised}}, nil
	}
	told, err := b.db.AnyMailEvent(ctx, &tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("looking for reports about emails: %w", err))
	}
	return []Check{{Key: "reports", Verdict: unless(told > 0, Advised)}}, nil
}

// nowhere are the ends of names that nobody outside can look up.
var nowhere = strings.Fields(".localhost .local .internal .lan .home .test .example .invalid")

// public tells whether customers can reach an address, safely, from wherever they are: https, and a name or address of the whole internet.
func public(base paths.Base) bool {
	u, err := url.Parse(string(base))
	if err != nil || u.Scheme != "https" {
		return false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsGlobalUnicast() && !address.IsPrivate()
	}
	for _, end := range nowhere {
		if strings.HasSuffix(host, end) {
			return false
		}
	}
	return strings.Contains(host, ".")
}
