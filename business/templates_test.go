package business_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

func offerWords(subject, version string) business.TemplateForm {
	return business.TemplateForm{Language: "de", Subject: subject, Heading: "Frei", Body: "Hallo\n\n{{button}}", Version: version}
}

func TestOfManyWhoSaveOneMessageAtOnceOneWinsAndTheOthersAreTold(t *testing.T) {
	s := open(t)
	const people = 8
	errs := make([]error, people)
	var wait sync.WaitGroup
	for i := range people {
		wait.Go(func() {
			errs[i] = s.b.SaveTemplate(t.Context(), s.Staff, templates.Offer, offerWords(fmt.Sprint("Words ", i), "0"))
		})
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case problem.KindOf(err) != problem.Conflict:
			t.Errorf("refused with %v", err)
		}
	}
	p, err := s.b.Template(t.Context(), s.Staff.TenantID, templates.Offer, business.TemplateFrom{Language: "de"})
	if err != nil || won != 1 || len(p.Versions) != 1 || !p.Versions[0].Live || p.Form.Version != "1" {
		t.Errorf("%d won (%v): %+v", won, err, p.Versions)
	}
}

func TestVersionsAreNumberedOnAndOneIsSent(t *testing.T) {
	s := open(t)
	for i := range 3 {
		if err := s.b.SaveTemplate(t.Context(), s.Staff, templates.Offer, offerWords(fmt.Sprint("Words ", i), strconv.Itoa(i))); err != nil {
			t.Fatal(err)
		}
	}
	read := func() business.TemplatePage {
		t.Helper()
		p, err := s.b.Template(t.Context(), s.Staff.TenantID, templates.Offer, business.TemplateFrom{Language: "de"})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := read()
	before, err := s.b.RestoreTemplate(t.Context(), s.Staff, templates.Offer, business.TemplateChoice{Language: "de", ID: p.Versions[2].ID, Version: p.Form.Version})
	if err != nil || before.ID != p.Versions[0].ID {
		t.Fatalf("before it was %+v (%v)", before, err)
	}
	if p = read(); !p.Versions[2].Live || p.Versions[2].Number != 1 || p.Form.Subject != "Words 0" || p.Form.Version != before.Version {
		t.Errorf("%+v", p)
	}
	// The words of another kind or language are no version of this one.
	for _, c := range []struct {
		kind     templates.Kind
		language string
	}{{templates.Join, "de"}, {templates.Offer, "en"}} {
		_, err := s.b.RestoreTemplate(t.Context(), s.Staff, c.kind, business.TemplateChoice{Language: c.language, ID: p.Versions[0].ID, Version: "0"})
		if problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s in %s: %v", c.kind, c.language, err)
		}
	}
	if _, err := s.b.RestoreTemplate(t.Context(), s.Staff, templates.Offer, business.TemplateChoice{Language: "de", Version: p.Form.Version}); err != nil {
		t.Fatal(err)
	}
	if p = read(); p.Own || len(p.Versions) != 3 || p.Form.Subject == "Words 0" {
		t.Errorf("after the reset %+v", p)
	}
	// Saving after a reset begins no new numbers.
	if err := s.b.SaveTemplate(t.Context(), s.Staff, templates.Offer, offerWords("Words again", p.Form.Version)); err != nil {
		t.Fatal(err)
	}
	if p = read(); p.Versions[0].Number != 4 {
		t.Errorf("the next version is %d", p.Versions[0].Number)
	}
}

func TestTheListHasTheLanguagesThatCustomersReadAndThoseWithWords(t *testing.T) {
	s := open(t)
	languages := func() (tags []string) {
		t.Helper()
		list, err := s.b.Templates(t.Context(), s.Staff.TenantID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list.Languages {
			tags = append(tags, l.Tag)
		}
		return tags
	}
	if got := fmt.Sprint(languages()); got != "[de]" {
		t.Errorf("at first %s", got)
	}
	service := s.AddService("Cut", 30*time.Minute, 0)
	s.AddStaffMember("Mia", service)
	s.WaitAs("Amara", "amara@example.org", service, waitlist.Wishes{})
	if _, err := s.DB.Pool().ExecContext(t.Context(), "UPDATE customers SET locale = 'en-GB'"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(languages()); got != "[de en]" {
		t.Errorf("with a customer who reads English %s", got)
	}
}
