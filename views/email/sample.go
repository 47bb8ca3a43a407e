package email

import (
	"cmp"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Sample is a letter of a kind about a made-up customer, as one of the business's own would get it tomorrow. Its links lead to the public
// page of the business. known is false for a kind without a letter.
func Sample(on Paper, k templates.Kind, e waitlist.Example) (letter Letter, known bool) {
	write, known := samples[k]
	if !known {
		return Letter{}, false
	}
	on.Unsubscribe = cmp.Or(on.Unsubscribe, on.Base.Abs(paths.Join(e.Business.Slug)))
	letter = write(on, sampleOf(on, e))
	letter.leadTo(on.Base.Abs(paths.Join(e.Business.Slug)))
	return letter, true
}

// samples write a letter of each kind.
var samples = map[templates.Kind]func(Paper, sample) Letter{
	templates.Join: func(on Paper, s sample) Letter {
		s.entry.State = rules.EntryUnconfirmed
		return Join(on, s.entry)
	},
	templates.Joined:        func(on Paper, s sample) Letter { return Join(on, s.entry) },
	templates.Offer:         func(on Paper, s sample) Letter { return Offer(on, s.offer) },
	templates.OfferReminder: func(on Paper, s sample) Letter { return OfferReminder(on, s.offer) },
	templates.Confirmed:     func(on Paper, s sample) Letter { return Confirmed(on, s.booking) },
	templates.Reminder:      func(on Paper, s sample) Letter { return Reminder(on, s.booking) },
	templates.Thanks:        func(on Paper, s sample) Letter { return Thanks(on, s.booking) },
	templates.Cancelled:     func(on Paper, s sample) Letter { return Cancelled(on, s.booking) },
	templates.MovedOn:       func(on Paper, s sample) Letter { return MovedOn(on, s.offer) },
	templates.Withdrawn:     func(on Paper, s sample) Letter { return Withdrawn(on, s.offer) },
	templates.StillWaiting:  func(on Paper, s sample) Letter { return StillWaiting(on, s.entry) },
	templates.Expired:       func(on Paper, s sample) Letter { return Expired(on, s.entry) },
}

// sample is what made-up letters are about: tomorrow at three with the first staff member.
type sample struct {
	entry   waitlist.EntryPage
	offer   waitlist.OfferPage
	booking waitlist.BookingPage
}

// sampleToken stands for every link's until leadTo takes its place.
const sampleToken = "sample"

func sampleOf(on Paper, e waitlist.Example) sample {
	l, b := on.Locale, e.Business
	service := e.Service
	if service.Name == "" {
		service = waitlist.ServiceChoice{
			Name: l.T("email.sample.service"), Duration: 45 * time.Minute, Price: waitlist.Price{Kind: rules.PriceOnRequest},
			Staff: []waitlist.StaffChoice{{Name: l.T("email.sample.staff")}},
		}
	}
	customer, staff := l.T("email.sample.customer"), service.Staff[0].Name
	year, month, day := e.Now.Date()
	start := time.Date(year, month, day+1, 15, 0, 0, 0, b.Zone)
	end, until := start.Add(service.Duration), e.Now.Add(10*time.Minute)
	return sample{
		entry: waitlist.EntryPage{
			Business: b, Token: sampleToken, State: rules.EntryWaiting, CustomerName: customer, Service: service, StaysUntil: e.Now.AddDate(0, 0, 7), StayAsked: true, Now: e.Now,
		},
		offer: waitlist.OfferPage{
			Business: b, Token: sampleToken, EntryToken: sampleToken, State: rules.OfferPending, CustomerName: customer, ServiceName: service.Name, StaffName: staff,
			Price: service.Price, Duration: service.Duration, Start: start, End: end, Created: e.Now, ShownUntil: until, Now: e.Now,
		},
		booking: waitlist.BookingPage{
			Business: b, Token: sampleToken, State: rules.BookingConfirmed, CustomerName: customer, ServiceName: service.Name, StaffName: staff, Price: service.Price,
			Start: start, End: end, WaitsAgain: sampleToken, Now: e.Now,
		},
	}
}

// leadTo makes every link of the program lead to one page.
func (l *Letter) leadTo(url string) {
	for _, link := range []*Link{&l.Button, &l.Other, &l.Manage, &l.Unsubscribe} {
		if link.URL != "" {
			link.URL = url
		}
	}
	for i := range l.Rating {
		l.Rating[i].URL = url
	}
}
