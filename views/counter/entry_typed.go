package counter

import (
	"net/url"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/waitlist"
)

// EntryForm is the form that puts a customer on the list.
type EntryForm struct {
	Choices
	WhoForm
	Business waitlist.Business
	Press    string
	Service  string
	Consent  bool
	Priority string
	Note     string
	Wishes   public.WishesForm
	Open     bool // unfold the wishes though they are empty
	Despite  bool
}

// ReadEntryForm takes what was typed.
func ReadEntryForm(c Choices, b waitlist.Business, values url.Values) EntryForm {
	f := EntryForm{
		Choices: c, WhoForm: readWho(values), Business: b, Press: values.Get("press"), Service: values.Get("service"),
		Consent: values.Get("consent") == "on", Priority: or(values.Get("priority"), "0"), Note: values.Get("note"), Wishes: public.ReadWishes(values),
		Despite: values.Get("despite") == "on",
	}
	if f.Service == "" && len(c.Services) > 0 {
		f.Service = c.Services[0].ID
	}
	return f
}

// Wording is what staff read out for the customer to agree to: in the language that the business writes its emails in.
func (f EntryForm) Wording() string { return public.Wording(i18n.For(f.Business.Locale), f.Business) }

// AddEntry is what the form asks for, or the fields that say nothing that could be meant.
func (f EntryForm) AddEntry() (waitlist.AddEntry, error) {
	wishes, bad := f.Wishes.Wishes()
	var err error
	if len(bad) > 0 {
		err = problem.Invalid(bad...)
	}
	return waitlist.AddEntry{
		Service: f.Service, Customer: f.Customer, Name: f.Name, Email: f.Email, Phone: f.Phone, Consent: f.Consent, Wording: f.Wording(),
		Locale: f.Business.Locale, Priority: PriorityOf(f.Priority), Note: f.Note, Wishes: wishes, Despite: f.Despite, Press: f.Press,
	}, err
}

// Who is the name of the customer, typed or picked.
func (f WhoForm) Who() string {
	for _, p := range f.Known {
		if p.ID == f.Customer {
			return p.Name
		}
	}
	return f.Name
}
