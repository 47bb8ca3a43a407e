package rules

import (
	"testing"
	"time"
)

// sound is a candidate that fits the opening of TestACandidateFitsOrIsToldWhyNot, a Thursday, 10:00 to 11:00 in Berlin.
func sound(t testing.TB) Candidate {
	return Candidate{
		EntryID: 1, CustomerID: 2, ServiceID: 3,
		State:     EntryWaiting,
		JoinedAt:  moment(t, "2026-11-01T09:00:00Z"),
		Reachable: true,
		Consented: true,
	}
}

func TestACandidateFitsOrIsToldWhyNot(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	settings := DefaultSettings(berlin)
	now := moment(t, "2026-11-05T06:00:00Z")
	opening := Opening{StaffID: 7, Start: moment(t, "2026-11-05T09:00:00Z"), End: moment(t, "2026-11-05T10:00:00Z")}
	hour := ServiceTime{ID: 3, Duration: 45 * time.Minute, Buffer: 15 * time.Minute}
	const thursday = 4
	at := func(from, to string) Window { return Window{thursday, clock(t, from), clock(t, to), false} }

	for _, c := range []struct {
		name    string
		service ServiceTime
		change  func(*Candidate)
		want    Misfit
	}{
		{"nothing against it", hour, func(c *Candidate) {}, ""},

		{"unconfirmed", hour, func(c *Candidate) { c.State = EntryUnconfirmed }, MisfitState},
		{"paused", hour, func(c *Candidate) { c.State = EntryPaused }, MisfitState},
		{"already offered something", hour, func(c *Candidate) { c.State = EntryOffered }, MisfitState},
		{"booked", hour, func(c *Candidate) { c.State = EntryBooked }, MisfitState},
		{"no state at all", hour, func(c *Candidate) { c.State = "" }, MisfitState},

		{"the service fills the opening to the second", hour, func(c *Candidate) {}, ""},
		{"the service is a second too long", ServiceTime{3, 45*time.Minute + time.Second, 15 * time.Minute}, func(c *Candidate) {}, MisfitDuration},
		{"the buffer is a second too long", ServiceTime{3, 45 * time.Minute, 15*time.Minute + time.Second}, func(c *Candidate) {}, MisfitDuration},
		{"a service of no length", ServiceTime{3, 0, 15 * time.Minute}, func(c *Candidate) {}, MisfitDuration},

		{"only the opening's staff member", hour, func(c *Candidate) { c.AllowedStaff = []int64{7} }, ""},
		{"several staff members", hour, func(c *Candidate) { c.AllowedStaff = []int64{5, 7} }, ""},
		{"only another staff member", hour, func(c *Candidate) { c.AllowedStaff = []int64{5} }, MisfitStaff},
		{"a preference is no condition", hour, func(c *Candidate) { c.PreferredStaff = 5 }, ""},

		{"from that day on", hour, func(c *Candidate) { c.EarliestOn = date(t, "2026-11-05") }, ""},
		{"from the next day on", hour, func(c *Candidate) { c.EarliestOn = date(t, "2026-11-06") }, MisfitDate},
		{"until that day", hour, func(c *Candidate) { c.LatestOn = date(t, "2026-11-05") }, ""},
		{"until the day before", hour, func(c *Candidate) { c.LatestOn = date(t, "2026-11-04") }, MisfitDate},

		{"the window is the appointment", hour, func(c *Candidate) { c.Windows = []Window{at("10:00", "10:45")} }, ""},
		{"the buffer may lie outside the window", hour, func(c *Candidate) { c.Windows = []Window{at("09:00", "10:45")} }, ""},
		{"the window begins a minute late", hour, func(c *Candidate) { c.Windows = []Window{at("10:01", "24:00")} }, MisfitWindow},
		{"the window ends a minute early", hour, func(c *Candidate) { c.Windows = []Window{at("00:00", "10:44")} }, MisfitWindow},
		{"the second window holds it", hour, func(c *Candidate) { c.Windows = []Window{at("07:00", "08:00"), at("09:30", "11:00")} }, ""},
		{"windows that touch are one", hour, func(c *Candidate) { c.Windows = []Window{at("10:20", "12:00"), at("09:00", "10:20")} }, ""},
		{"windows that overlap are one", hour, func(c *Candidate) { c.Windows = []Window{at("10:10", "12:00"), at("09:00", "10:30")} }, ""},
		{"windows a minute apart are two", hour, func(c *Candidate) { c.Windows = []Window{at("10:21", "12:00"), at("09:00", "10:20")} }, MisfitWindow},
		{"another weekday", hour, func(c *Candidate) { c.Windows = []Window{{5, 0, 1440, false}} }, MisfitWindow},
		{"any weekday", hour, func(c *Candidate) { c.Windows = []Window{{0, 600, 645, false}} }, ""},
		{"any weekday's and this weekday's windows are one", hour, func(c *Candidate) { c.Windows = []Window{{0, 600, 615, false}, {4, 615, 645, true}} }, ""},
		{"a window without length", hour, func(c *Candidate) { c.Windows = []Window{{0, 600, 600, false}} }, MisfitWindow},

		{"notice to the second", hour, func(c *Candidate) { c.Notice = 3 * time.Hour }, ""},
		{"notice missed by a second", hour, func(c *Candidate) { c.Notice = 3*time.Hour + time.Second }, MisfitNotice},

		{"no way to reach them", hour, func(c *Candidate) { c.Reachable = false }, MisfitUnreachable},
		{"no consent", hour, func(c *Candidate) { c.Consented = false }, MisfitConsent},
		{"a suppressed address", hour, func(c *Candidate) { c.Suppressed = true }, MisfitSuppressed},
		{"a live offer elsewhere", hour, func(c *Candidate) { c.HasLiveOffer = true }, MisfitLiveOffer},
		{"had this slot before", hour, func(c *Candidate) { c.HadThisSlot = true }, MisfitHadSlot},
		{"a booking at that time", hour, func(c *Candidate) { c.HasOverlap = true }, MisfitOverlap},

		{"one contact left today", hour, func(c *Candidate) { c.ContactsToday = 2 }, ""},
		{"no contact left today", hour, func(c *Candidate) { c.ContactsToday = 3 }, MisfitContactLimit},
		{"the gap is over to the second", hour, func(c *Candidate) { c.LastContact = now.Add(-30 * time.Minute) }, ""},
		{"the gap is not over", hour, func(c *Candidate) { c.LastContact = now.Add(-30*time.Minute + time.Microsecond) }, MisfitContactLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			candidate := sound(t)
			c.change(&candidate)
			if got := Fits(settings, now, opening, c.service, candidate); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheContactLimitIsNamedOnlyIfNothingElseIsInTheWay(t *testing.T) {
	settings := DefaultSettings(zone(t, "Europe/Berlin"))
	now := moment(t, "2026-11-05T06:00:00Z")
	opening := Opening{7, moment(t, "2026-11-05T09:00:00Z"), moment(t, "2026-11-05T10:00:00Z")}
	service := ServiceTime{ID: 3, Duration: time.Hour}
	for want, change := range map[Misfit]func(*Candidate){
		MisfitState:        func(c *Candidate) { c.State = EntryPaused },
		MisfitStaff:        func(c *Candidate) { c.AllowedStaff = []int64{5} },
		MisfitDate:         func(c *Candidate) { c.LatestOn = date(t, "2026-11-04") },
		MisfitWindow:       func(c *Candidate) { c.Windows = []Window{{5, 0, 1440, false}} },
		MisfitNotice:       func(c *Candidate) { c.Notice = 4 * time.Hour },
		MisfitUnreachable:  func(c *Candidate) { c.Reachable = false },
		MisfitConsent:      func(c *Candidate) { c.Consented = false },
		MisfitSuppressed:   func(c *Candidate) { c.Suppressed = true },
		MisfitBlocked:      func(c *Candidate) { c.Blocked = true },
		MisfitLiveOffer:    func(c *Candidate) { c.HasLiveOffer = true },
		MisfitHadSlot:      func(c *Candidate) { c.HadThisSlot = true },
		MisfitOverlap:      func(c *Candidate) { c.HasOverlap = true },
		MisfitContactLimit: func(*Candidate) {},
	} {
		candidate := sound(t)
		candidate.ContactsToday = settings.ContactsPerDay
		change(&candidate)
		if got := Fits(settings, now, opening, service, candidate); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestADateRangeIsReadOnTheBusinesssCalendar(t *testing.T) {
	candidate := sound(t)
	candidate.EarliestOn, candidate.LatestOn = date(t, "2026-11-05"), date(t, "2026-11-05")
	service := ServiceTime{ID: 3, Duration: 30 * time.Minute}
	for _, c := range []struct {
		name, zone, start string
		want              Misfit
	}{
		{"Berlin's first minute of the day", "Europe/Berlin", "2026-11-04T23:00:00Z", ""},
		{"Berlin's last minute of the day before", "Europe/Berlin", "2026-11-04T22:59:00Z", MisfitDate},
		{"Berlin's last minute of the day, into the next", "Europe/Berlin", "2026-11-05T22:59:00Z", ""},
		{"Berlin's first minute of the next day", "Europe/Berlin", "2026-11-05T23:00:00Z", MisfitDate},
		{"New York's last minute of the day", "America/New_York", "2026-11-06T04:59:00Z", ""},
		{"New York's first minute of the next day", "America/New_York", "2026-11-06T05:00:00Z", MisfitDate},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := moment(t, c.start)
			got := Fits(DefaultSettings(zone(t, c.zone)), start.Add(-24*time.Hour), Opening{7, start, start.Add(time.Hour)}, service, candidate)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBonusesAreForThePreferredStaffMemberAndTime(t *testing.T) {
	settings := DefaultSettings(zone(t, "Europe/Berlin"))
	settings.Weights.PreferredStaff, settings.Weights.PreferredTime = 40, 7
	opening := Opening{7, moment(t, "2026-11-05T09:00:00Z"), moment(t, "2026-11-05T10:00:00Z")}
	service := ServiceTime{ID: 3, Duration: 45 * time.Minute, Buffer: 15 * time.Minute}
	for _, c := range []struct {
		name        string
		candidate   Candidate
		staff, time int
	}{
		{"no preference", Candidate{}, 0, 0},
		{"this staff member", Candidate{PreferredStaff: 7}, 40, 0},
		{"another staff member", Candidate{PreferredStaff: 8}, 0, 0},
		{"a window that is not preferred", Candidate{Windows: []Window{{4, 540, 720, false}}}, 0, 0},
		{"a preferred window, buffer outside", Candidate{Windows: []Window{{4, 600, 645, true}}}, 0, 7},
		{"a preferred window that ends a minute early", Candidate{Windows: []Window{{4, 600, 644, true}, {4, 600, 645, false}}}, 0, 0},
		{"two preferred windows that touch", Candidate{Windows: []Window{{4, 600, 620, true}, {4, 620, 645, true}}}, 0, 7},
		{"half in a preferred window", Candidate{Windows: []Window{{4, 600, 620, true}, {4, 620, 645, false}}}, 0, 0},
		{"both", Candidate{PreferredStaff: 7, Windows: []Window{{0, 0, 1440, true}}}, 40, 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			staff, timeOfDay := Bonus(settings, opening, service, c.candidate)
			if staff != c.staff || timeOfDay != c.time {
				t.Errorf("got %d and %d, want %d and %d", staff, timeOfDay, c.staff, c.time)
			}
		})
	}
	if staff, _ := Bonus(settings, Opening{Start: opening.Start, End: opening.End}, service, Candidate{}); staff != 0 {
		t.Error("nobody in particular was preferred and found")
	}
}
