package sim

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Waiting is how many people wait in the demo.
const Waiting = 40

// queue puts people with varied wishes on the list. Whoever waits already stays as they are.
func (d *Demo) queue(ctx context.Context, shop *shop) error {
	counts, err := d.waitlist.Counts(ctx, shop.owner.TenantID)
	if err != nil || counts.Waiting >= Waiting || len(shop.services) == 0 {
		return err
	}
	for n := range Waiting {
		_, err := d.waitlist.AddEntry(ctx, shop.owner, shop.waiter(n))
		if kind := problem.KindOf(err); err != nil && kind != problem.Conflict {
			return fmt.Errorf("adding an entry of the demo: %w", err)
		}
	}
	return nil
}

// waiter is the n-th of those who wait.
func (s *shop) waiter(n int) waitlist.AddEntry {
	service := s.services[n%len(s.services)]
	who := waitlist.AddEntry{
		Service: service.ID, Name: name(n), Email: address(name(n)), Consent: true, Wording: s.words.consent, Locale: s.words.locale,
		Wishes: s.wishes(n, service), Press: press("wait", s.today, n),
	}
	if n%9 == 5 || n%9 == 0 {
		who.Phone = s.words.phone + fmt.Sprintf("%02d", n)
	}
	if n%9 == 5 { // nobody can write to them: the board says to call
		who.Email, who.Consent, who.Press = "", false, press("wait", n)
	}
	if n%8 == 3 {
		who.Note = s.words.notes[n/8]
	}
	switch n {
	case 7, 30:
		who.Priority = 2
	case 12:
		who.Priority = 3
	case 19, 26:
		who.Priority = -1
	}
	return who
}

// wishes vary, and leave most people something that may come free today.
func (s *shop) wishes(n int, service waitlist.ServiceChoice) (w waitlist.Wishes) {
	one := service.Staff[n/len(s.services)%len(service.Staff)].ID
	switch n % 10 {
	case 1:
		w.PreferredStaff = one
	case 2:
		w.OnlyStaff = []string{one}
	case 3:
		w.Windows = []rules.Window{{From: 12 * 60, To: wholeDay}}
	case 4:
		w.PreferredStaff = one
		w.Windows = []rules.Window{{Weekday: s.today.ISOWeekday(), From: 17 * 60, To: wholeDay, Preferred: true}, {From: 0, To: wholeDay}}
	case 5:
		w.EarliestOn, w.LatestOn = s.today.AddDays(1), s.today.AddDays(9)
	case 6:
		w.LatestOn = s.today.AddDays(2)
	case 7:
		w.Notice = []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 24 * time.Hour}[n/10]
	case 8:
		for weekday := 1; weekday <= 5; weekday++ {
			w.Windows = append(w.Windows, rules.Window{Weekday: weekday, From: 7 * 60, To: 18 * 60})
		}
	case 9:
		w.Windows = []rules.Window{{Weekday: 6, From: 0, To: wholeDay, Preferred: true}, {From: 0, To: wholeDay}}
	}
	return w
}
