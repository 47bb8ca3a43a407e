package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/templates"
)

type template struct {
	Kind, Language, Subject, Preview, Heading, Body string
	Own                                             bool
	Placeholders                                    []struct {
		Name            string
		Block, Required bool
	}
}

func offerWords(subject string) has {
	return has{"subject": subject, "preview": "", "heading": "Free", "body": "Hello {{customer}},\n\n{{button}}"}
}

func TestAMessageTemplateIsSetAndRestored(t *testing.T) {
	s := apitest.Open(t)
	const path = "/message-templates/offer/en"
	var standard, got template
	s.Get(path).Want(http.StatusOK, &standard)
	if standard.Own || standard.Subject == "" || !strings.Contains(standard.Body, "{{button}}") {
		t.Errorf("begins with %+v", standard)
	}
	if i := slices.IndexFunc(standard.Placeholders, func(p struct {
		Name            string
		Block, Required bool
	}) bool {
		return p.Name == "button"
	}); i < 0 || !standard.Placeholders[i].Block || !standard.Placeholders[i].Required {
		t.Errorf("the placeholders are %+v", standard.Placeholders)
	}
	for _, subject := range []string{"One", "Two", "Two", "Three"} {
		s.Put(path, offerWords(subject)).Want(http.StatusOK, &got)
		if !got.Own || got.Subject != subject {
			t.Errorf("set to %+v", got)
		}
	}
	versions := idsOf(s, path+"/versions")
	if len(versions) != 3 { // saving what is sent makes none
		t.Fatalf("%d versions", len(versions))
	}
	var words struct{ Subject string }
	s.Get(path+"/versions/"+versions[2]).Want(http.StatusOK, &words)
	if words.Subject != "One" {
		t.Errorf("the first says %q", words.Subject)
	}
	s.Get("/message-templates/offer/de/versions/"+versions[2]).Refused(http.StatusNotFound, "none")
	s.Post(path+"/restoration", has{"version_id": versions[2]}).Want(http.StatusOK, &got)
	if got.Subject != "One" || !got.Own {
		t.Errorf("restored %+v", got)
	}
	s.Post(path+"/restoration", has{"version_id": nil}).Want(http.StatusOK, &got)
	if got.Own || got.Subject != standard.Subject {
		t.Errorf("restored %+v", got)
	}
	s.Post(path+"/restoration", has{"version_id": "nothing"}).Refused(http.StatusNotFound, "none")
}

func TestPlaceholdersAreChecked(t *testing.T) {
	s := apitest.Open(t)
	for _, method := range []func(any) apitest.Answer{
		func(body any) apitest.Answer { return s.Put("/message-templates/offer/en", body) },
		func(body any) apitest.Answer { return s.Post("/message-templates/offer/en/preview", body) },
	} {
		method(has{"subject": "{{nobody}}", "preview": "{{button}}", "heading": "{{customer", "body": "Hello"}).
			Refused(http.StatusUnprocessableEntity, "invalid", "subject", "preview", "heading", "body")
		method(has{"subject": "", "heading": "Free", "body": "{{button}}"}).Refused(http.StatusUnprocessableEntity, "invalid", "subject", "preview")
	}
	s.Get("/message-templates/offer/qq").Refused(http.StatusNotFound, "none")
	s.Get("/message-templates/invitation/en").Refused(http.StatusNotFound, "not_found")
}

func TestAPreviewIsAMessageInOtherWords(t *testing.T) {
	s := apitest.Open(t)
	s.Add("/services", cut())
	s.Add("/staff-members", has{"name": "Ada"})
	s.Patch("/settings/sender", has{"sender_name": "Oak Lane"}).Want(http.StatusOK, nil)
	var got struct{ From, Subject, HTML, Text string }
	s.Post("/message-templates/offer/en/preview", offerWords("{{service}} is free")).Want(http.StatusOK, &got)
	if got.From != "Oak Lane" || got.Subject != "Haircut is free" || !strings.Contains(got.HTML, "<html") || !strings.Contains(got.Text, "https://wait.example/") {
		t.Errorf("it is %+v", got)
	}
	var kept template
	s.Get("/message-templates/offer/en").Want(http.StatusOK, &kept)
	if kept.Own {
		t.Error("it was saved")
	}
}

func TestEveryKindOfTemplateIsListed(t *testing.T) {
	s := apitest.Open(t)
	var list struct {
		Data []struct {
			Kind, Language string
			Own            bool
			ChangedAt      *string `json:"changed_at"`
		}
	}
	s.Put("/message-templates/offer/fr", offerWords("Libre")).Want(http.StatusOK, nil)
	s.Get("/message-templates?limit=100").Want(http.StatusOK, &list)
	kinds := map[string]bool{}
	for _, one := range list.Data {
		kinds[one.Kind] = true
		if own := one.Kind == "offer" && one.Language == "fr"; one.Own != own || (one.ChangedAt != nil) != own {
			t.Errorf("%+v", one)
		}
	}
	for _, kind := range templates.Kinds() {
		if !kinds[string(kind)] {
			t.Errorf("%s is not listed", kind)
		}
	}
}
