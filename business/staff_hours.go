package business

import (
	"context"
	"fmt"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// StaffHoursForm is what is typed about when a staff member works.
type StaffHoursForm struct {
	HoursForm
	Own bool // by the hours above; else as the business is open
}

// StaffHoursPage is what surrounds the form of a staff member's hours.
type StaffHoursPage struct {
	ID     string
	Name   string
	Beyond []int // weekdays, 1 Monday to 7 Sunday, on which they work while the business is closed
}

// StaffHours is the page of an active staff member's hours and its form as saved. Who has none of their own finds those of the business in it.
func (b *Business) StaffHours(ctx context.Context, tenantID int64, id string) (StaffHoursPage, StaffHoursForm, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return StaffHoursPage{}, StaffHoursForm{}, err
	}
	m, err := setup.staffMember(id)
	if err != nil {
		return StaffHoursPage{}, StaffHoursForm{}, err
	}
	business, err := openingHours(ctx, b.db.Queries, tenantID)
	if err != nil {
		return StaffHoursPage{}, StaffHoursForm{}, err
	}
	page, hours := StaffHoursPage{ID: m.PublicID, Name: m.Name}, business
	if m.OwnHours {
		if hours, err = staffHours(ctx, b.db.Queries, m); err != nil {
			return page, StaffHoursForm{}, err
		}
		page.Beyond = rules.Beyond(hours, business)
	}
	f := StaffHoursForm{HoursForm: hoursForm(hours), Own: m.OwnHours}
	f.Version = strconv.Itoa(m.Version)
	return page, f, nil
}

func staffHours(ctx context.Context, q *db.Queries, m db.StaffMember) ([]rules.OpenInterval, error) {
	rows, err := q.StaffHoursOf(ctx, db.StaffHoursOfParams{TenantID: m.TenantID, StaffMemberID: m.ID})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the hours of a staff member: %w", err))
	}
	var hours []rules.OpenInterval
	for _, row := range rows {
		hours = append(hours, rules.OpenInterval{Weekday: row.Weekday, From: row.FromMinute, To: row.ToMinute})
	}
	return hours, nil
}

// ChangeStaffHours gives an active staff member hours of their own, within those of the business or beyond, or with f.Own false those of the
// business. What was within their hours and no longer is, is touched; it stays, but for what f.Withdraw chooses. Refused fields are those of
// HoursField; problem.Conflict when the staff member was changed since the form was made. Saving what is saved changes nothing.
func (b *Business) ChangeStaffHours(ctx context.Context, s waitlist.Staff, id string, f StaffHoursForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		m, err := a.staffMember(id)
		if err != nil {
			return err
		}
		var own []rules.OpenInterval
		if f.Own {
			if own, err = f.read(); err != nil {
				return err
			}
		}
		saved, err := staffHours(ctx, tx.Queries, m)
		if err != nil {
			return err
		}
		if f.Own == m.OwnHours && hoursVersion(inOrder(own)) == hoursVersion(saved) {
			return nil
		}
		if !madeFrom(f.Version, m.Version) {
			return stale()
		}
		t, err := a.withHours(ctx, tx.Queries, m, f.Own, own)
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t.offering(f.Withdraw)
			return nil
		}
		withdrawn, err := withdraw(ctx, tx, s.TenantID, t.choosing(f.Withdraw))
		if err != nil {
			return err
		}
		if err := keepStaffHours(ctx, tx, m, f.Own, own); err != nil {
			return err
		}
		return note(ctx, tx, s, "staff_member.hours", "staff_members", m.ID, detail{"own": f.Own, "hours": own, "withdrawn": withdrawn})
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}

// withHours is what is touched when a staff member gets hours of their own, or those of the business.
func (a *ahead) withHours(ctx context.Context, q *db.Queries, m db.StaffMember, has bool, own []rules.OpenInterval) (Touched, error) {
	business, err := openingHours(ctx, q, a.tenantID)
	if err != nil {
		return Touched{}, err
	}
	before := rules.Schedule{Zone: a.zone, Hours: business, Own: map[int64][]rules.OpenInterval{}}
	after := rules.Schedule{Zone: a.zone, Hours: business, Own: map[int64][]rules.OpenInterval{}}
	if m.OwnHours {
		if before.Own[m.ID], err = staffHours(ctx, q, m); err != nil {
			return Touched{}, err
		}
	}
	if has {
		after.Own[m.ID] = own
	}
	return a.outside(before, after)
}

// keepStaffHours writes the hours. Whoever goes back to those of the business loses the own ones.
func keepStaffHours(ctx context.Context, tx *db.Tx, m db.StaffMember, has bool, own []rules.OpenInterval) error {
	n, err := tx.SetOwnHours(ctx, db.SetOwnHoursParams{OwnHours: has, TenantID: m.TenantID, ID: m.ID, Version: m.Version})
	if err != nil || n != 1 {
		return missed(n, err, "admin.bad.no_staff_member")
	}
	if err := tx.DeleteStaffHours(ctx, db.DeleteStaffHoursParams{TenantID: m.TenantID, StaffMemberID: m.ID}); err != nil {
		return fmt.Errorf("clearing the hours of a staff member: %w", err)
	}
	for _, h := range own {
		err := tx.AddStaffHours(ctx, db.AddStaffHoursParams{
			TenantID: m.TenantID, StaffMemberID: m.ID, Weekday: h.Weekday, FromMinute: h.From, ToMinute: h.To,
		})
		if err != nil {
			return fmt.Errorf("adding hours of a staff member: %w", err)
		}
	}
	return nil
}
