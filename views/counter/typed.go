package counter

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Choices are what the forms let choose from.
type Choices struct {
	Services []waitlist.ServiceChoice
	Today    rules.Date
}

// staff are all who offer any of the services.
func (c Choices) staff() []waitlist.StaffChoice {
	var staff []waitlist.StaffChoice
	for _, service := range c.Services {
		for _, s := range service.Staff {
			if !slices.Contains(staff, s) {
				staff = append(staff, s)
			}
		}
	}
	return staff
}

// of are the staff members who offer a service, or all when there is no such service.
func (c Choices) of(serviceID string) []waitlist.StaffChoice {
	for _, service := range c.Services {
		if service.ID == serviceID {
			return service.Staff
		}
	}
	return c.staff()
}

// TimeForm is whose time and when, as it was typed: what the forms for a slot and for a booking share.
type TimeForm struct {
	Press        string
	StaffMember  string // public id
	Service      string // public id
	Date         string // 2006-01-02
	From         string // 15:04
	Minutes      string
	OutsideHours bool
}

func readTime(values url.Values) TimeForm {
	return TimeForm{
		Press: values.Get("press"), StaffMember: values.Get("staff_member"), Service: values.Get("service"), Date: values.Get("date"),
		From: values.Get("from"), Minutes: values.Get("minutes"), OutsideHours: values.Get("outside_hours") == "on",
	}
}

// query leads to another form with the same time in it.
func (f TimeForm) query() string {
	values := url.Values{}
	for name, value := range map[string]string{
		"staff_member": f.StaffMember, "service": f.Service, "date": f.Date, "from": f.From, "minutes": f.Minutes,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// usualLength is that of a slot for whatever fits.
const usualLength = time.Hour

// length is how long a slot for a service is, with its buffer; "" is whatever fits.
func (c Choices) length(serviceID string) time.Duration {
	for _, service := range c.Services {
		if service.ID == serviceID {
			return service.Duration + service.Buffer
		}
	}
	return usualLength
}

// SlotForm is the form that opens slots.
type SlotForm struct {
	Choices
	TimeForm
	Count string
	Weeks string
}

// ReadSlotForm takes what was typed, or what a link fills in.
func ReadSlotForm(c Choices, values url.Values) SlotForm {
	f := SlotForm{Choices: c, TimeForm: readTime(values), Count: or(values.Get("count"), "1"), Weeks: or(values.Get("weeks"), "1")}
	f.Date = or(f.Date, c.Today.String())
	return f
}

// WithLength is the form with the usual length for its service, where none was given.
func (f SlotForm) WithLength() SlotForm {
	f.Minutes = or(f.Minutes, strconv.Itoa(int(f.length(f.Service)/time.Minute)))
	return f
}

// OpenSlots is what the form asks for, or the field that says nothing that could be meant.
func (f SlotForm) OpenSlots() (waitlist.OpenSlots, error) {
	date, err := readDate(f.Date)
	return waitlist.OpenSlots{
		StaffMember: f.StaffMember, Service: f.Service, Date: date, FromMinute: readMinute(f.From), Minutes: whole(f.Minutes),
		Count: whole(f.Count), Weeks: whole(f.Weeks), OutsideHours: f.OutsideHours, Press: f.Press,
	}, err
}

// WhoForm is a customer, known or new, as typed.
type WhoForm struct {
	Customer string // public id; empty: somebody new
	Name     string
	Email    string
	Phone    string
	Known    []waitlist.Person // who was found
}

// newCustomer is the choice of somebody who is not known yet.
const newCustomer = "new"

func readWho(values url.Values) WhoForm {
	f := WhoForm{Customer: values.Get("customer"), Name: values.Get("name"), Email: values.Get("email"), Phone: values.Get("phone")}
	if f.Customer == newCustomer {
		f.Customer = ""
	}
	return f
}

// BookingForm is the form that books an appointment, or keeps time busy.
type BookingForm struct {
	Choices
	TimeForm
	WhoForm
	Busy bool
	Note string
}

// ReadBookingForm takes what was typed, or what a link fills in.
func ReadBookingForm(c Choices, values url.Values) BookingForm {
	f := BookingForm{Choices: c, TimeForm: readTime(values), WhoForm: readWho(values), Busy: values.Get("busy") == "on", Note: values.Get("note")}
	f.Date = or(f.Date, c.Today.String())
	return f
}

// Book is what the form asks for, or the field that says nothing that could be meant.
func (f BookingForm) Book(locale string) (waitlist.Book, error) {
	date, err := readDate(f.Date)
	return waitlist.Book{
		StaffMember: f.StaffMember, Busy: f.Busy, Service: f.Service, Minutes: whole(f.Minutes), Date: date, FromMinute: readMinute(f.From),
		Customer: f.Customer, Name: f.Name, Email: f.Email, Phone: f.Phone, Locale: locale, Note: f.Note, OutsideHours: f.OutsideHours,
		Press: f.Press,
	}, err
}

func or(typed, otherwise string) string {
	if typed == "" {
		return otherwise
	}
	return typed
}

// whole is the number typed, and -1, which every bound refuses, for anything else.
func whole(typed string) int {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil {
		return -1
	}
	return n
}

// readMinute is the minute of the day typed as 15:04, and -1, which is no time of day, for anything else.
func readMinute(typed string) int {
	t, err := time.Parse("15:04", typed)
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

func readDate(typed string) (rules.Date, error) {
	d, err := rules.ParseDate(strings.TrimSpace(typed))
	if err != nil && typed != "" {
		return d, problem.Invalid(problem.Bad("date", "counter.wrong.date"))
	}
	return d, nil
}
