package api_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestSettingsAreChangedBitByBit(t *testing.T) {
	s := apitest.Open(t)
	service := s.Add("/services", cut())
	s.Add("/staff-members", has{"name": "Ada"})
	soon := dayAhead(s, 30).String()
	for _, c := range []struct {
		path  string
		patch has
		want  has // besides what stays
	}{
		{"offers", has{"hold_minutes": 15, "place_counts_from_joining": false}, has{"hold_minutes": 15., "place_counts_from_joining": false}},
		{"offers", has{"place_counts_from_joining": true}, has{"place_counts_from_joining": true}},
		{"joining", has{"state": "until", "opens_on": soon, "reason": "We are full."}, has{"state": "until", "opens_on": soon, "reason": "We are full."}},
		{"joining", has{"cap": 40, "expiry_days": 90, "service_caps": has{service: 12}}, has{"cap": 40., "expiry_days": 90., "service_caps": has{service: 12.}}},
		{"joining", has{"state": "open", "opens_on": nil, "reason": nil, "cap": nil, "service_caps": has{service: nil}}, has{"state": "open", "opens_on": nil, "reason": nil, "cap": nil, "service_caps": has{}}},
		{"quiet-hours", has{"from": "21:30", "to": "07:00", "night_openings": "ask"}, has{"from": "21:30", "to": "07:00", "night_openings": "ask"}},
		{"quiet-hours", has{"from": nil, "to": nil}, has{"from": nil, "to": nil}},
		{"message-limits", has{"messages_per_hour": 200, "messages_per_day": 9}, has{"messages_per_hour": 200., "messages_per_day": 9.}},
		{"message-limits", has{"messages_per_hour": nil}, has{"messages_per_hour": nil}},
		{"message-times", has{"offer_reminder_minutes": 3, "reminder_hours": 48, "thanks_hours": 0}, has{"offer_reminder_minutes": 3., "reminder_hours": 48., "thanks_hours": 0.}},
		{"sender", has{"sender_name": "Oak Lane", "reply_to": "hello@salon.example"}, has{"sender_name": "Oak Lane", "reply_to": "hello@salon.example"}},
		{"sender", has{"reply_to": nil}, has{"reply_to": nil}},
	} {
		var before, after, read has
		s.Get("/settings/"+c.path).Want(http.StatusOK, &before)
		s.Patch("/settings/"+c.path, c.patch).Want(http.StatusOK, &after)
		s.Get("/settings/"+c.path).Want(http.StatusOK, &read)
		for name, v := range c.want {
			before[name] = v
		}
		if !reflect.DeepEqual(after, before) || !reflect.DeepEqual(read, before) {
			t.Errorf("%s changed by %v is %v, want %v", c.path, c.patch, after, before)
		}
	}
}

func TestWrongSettingsAreRefusedByTheNamesOfTheDocument(t *testing.T) {
	s := apitest.Open(t)
	for _, c := range []struct {
		path   string
		patch  has
		fields []string
	}{
		{"offers", has{"hold_minutes": 0, "contacts_per_day": 101, "hold_cap_minutes": nil}, []string{"hold_minutes", "contacts_per_day", "hold_cap_minutes"}},
		{"joining", has{"state": "until"}, []string{"opens_on"}},
		{"joining", has{"state": "until", "opens_on": dayAhead(s, 0).String()}, []string{"opens_on"}},
		{"joining", has{"expiry_days": 5, "cap": 0, "service_caps": has{"x": 0}}, []string{"expiry_days", "cap", "service_caps/x"}},
		{"joining", has{"service_caps": has{"nothing": 5}}, []string{"service_caps/nothing"}},
		{"quiet-hours", has{"from": "21:00", "to": nil}, []string{"to"}},
		{"quiet-hours", has{"from": "21:00", "to": "21:00"}, []string{"to"}},
		{"quiet-hours", has{"from": "24:00", "night_openings": "never"}, []string{"from", "night_openings"}},
		{"message-limits", has{"messages_per_day": 0}, []string{"messages_per_day"}},
		{"message-times", has{"offer_reminder_minutes": 61, "reminder_hours": 169}, []string{"offer_reminder_minutes", "reminder_hours"}},
		{"sender", has{"reply_to": "nobody"}, []string{"reply_to"}},
		{"sender", has{"name": "x"}, []string{"name"}},
	} {
		a := s.Patch("/settings/"+c.path, c.patch)
		a.Refused(http.StatusUnprocessableEntity, "invalid", c.fields...)
	}
}

func TestPlacesAndMessagesAreCounted(t *testing.T) {
	s := apitest.Open(t)
	cut := s.Add("/services", cut())
	s.Add("/staff-members", has{"name": "Ada"})
	s.Wait(cut, waitlist.Wishes{})
	s.Wait(cut, waitlist.Wishes{})
	var places struct {
		Taken    int
		Services map[string]int
	}
	s.Get("/settings/joining/places").Want(http.StatusOK, &places)
	if places.Taken != 2 || places.Services[cut] != 2 {
		t.Errorf("taken are %+v", places)
	}
	var use struct {
		Sent *int `json:"sent_last_hour"`
		Room *int
	}
	s.Get("/settings/message-limits/use").Want(http.StatusOK, &use)
	if use.Sent != nil || use.Room != nil {
		t.Errorf("without a limit: %+v", use)
	}
	s.Patch("/settings/message-limits", has{"messages_per_hour": 100}).Want(http.StatusOK, nil)
	s.Scene.Send()
	s.Get("/settings/message-limits/use").Want(http.StatusOK, &use)
	if use.Sent == nil || *use.Sent != 2 || *use.Room != 98 {
		t.Errorf("with a limit: %+v", use)
	}
}

func TestSignaturesAreOfALanguage(t *testing.T) {
	s := apitest.Open(t)
	s.Put("/settings/signatures/de", has{"signature": "Bis bald\nDein Salon"}).Want(http.StatusOK, nil)
	var list struct {
		Data []struct {
			Language  string
			Signature *string
		}
	}
	s.Get("/settings/signatures").Want(http.StatusOK, &list)
	for _, one := range list.Data {
		if (one.Signature != nil) != (one.Language == "de") {
			t.Errorf("%+v", one)
		}
	}
	if len(list.Data) < 2 {
		t.Errorf("%d languages", len(list.Data))
	}
	s.Put("/settings/signatures/de", has{"signature": strings.Repeat("x\n", 9)}).Refused(http.StatusUnprocessableEntity, "invalid", "signature")
	s.Put("/settings/signatures/de", has{"signature": nil}).Want(http.StatusOK, nil)
	s.Put("/settings/signatures/qq", has{"signature": "Bye"}).Refused(http.StatusNotFound, "none")
	s.Get("/settings/signatures/DE").Refused(http.StatusNotFound, "not_found")
}

func TestTheSetUpTellsWhatIsReadyAndWhatIsMissing(t *testing.T) {
	s := apitest.Open(t)
	verdicts := func() map[string]string {
		var list struct {
			Data []struct{ Check, Verdict string }
		}
		s.Get("/setup/checks").Want(http.StatusOK, &list)
		found := map[string]string{}
		for _, one := range list.Data {
			found[one.Check] = one.Verdict
		}
		return found
	}
	if got := verdicts(); got["services"] != "todo" || got["profile"] != "todo" || got["hours"] != "ok" {
		t.Errorf("at the beginning %v", got)
	}
	s.Add("/services", cut())
	s.Add("/staff-members", has{"name": "Ada"})
	s.Patch("/business", has{"street": "Oak Lane 1", "town": "Berlin", "country": "DE", "email": "hello@salon.example"}).Want(http.StatusOK, nil)
	if got := verdicts(); got["services"] != "ok" || got["profile"] != "ok" {
		t.Errorf("then %v", got)
	}
	var steps struct {
		Data []struct {
			Step string
			Done bool
		}
	}
	a := s.Get("/setup/steps").Want(http.StatusOK, &steps)
	if text, _ := json.Marshal(steps.Data); len(steps.Data) != 7 || !steps.Data[0].Done || steps.Data[6].Done {
		t.Errorf("the steps are %s of %s", text, a.Body)
	}
}
