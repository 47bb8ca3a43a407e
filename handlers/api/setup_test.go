package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

// has is a body with a property or two.
type has = map[string]any

// onceEach are changes of single things, one for each that can be read, as they stand in a furnished business.
func onceEach(f apitest.Furnished) []apitest.Request {
	words := has{"subject": "Free", "preview": "", "heading": "Free", "body": "{{button}}"}
	return []apitest.Request{
		{Method: http.MethodPatch, Path: "/staff-members/" + f.Known["staff_member_id"], Body: has{"name": "Mia Wolf"}},
		{Method: http.MethodPut, Path: "/staff-members/" + f.Known["staff_member_id"] + "/hours", Body: has{"own": true, "intervals": week("08:00", "20:00")}},
		{Method: http.MethodPut, Path: "/opening-hours", Body: has{"intervals": week("07:00", "21:00")}},
		{Method: http.MethodPatch, Path: "/closures/" + f.Known["closure_id"], Body: has{"reason": "Christmas Eve"}},
		{Method: http.MethodPut, Path: "/holidays", Body: has{"country": "AT"}},
		{Method: http.MethodPatch, Path: "/categories/" + f.Known["category_id"], Body: has{"name": "Hairs"}},
		{Method: http.MethodPatch, Path: "/business", Body: has{"town": "Berlin"}},
		{Method: http.MethodPut, Path: "/business/public-address", Body: has{"slug": "oak-lane", "sure": true}},
		{Method: http.MethodPatch, Path: "/settings/offers", Body: has{"hold_minutes": 17}},
		{Method: http.MethodPatch, Path: "/settings/joining", Body: has{"cap": 300}},
		{Method: http.MethodPatch, Path: "/settings/quiet-hours", Body: has{"from": "22:15", "to": "06:45"}},
		{Method: http.MethodPatch, Path: "/settings/message-limits", Body: has{"messages_per_hour": 70}},
		{Method: http.MethodPatch, Path: "/settings/message-times", Body: has{"thanks_hours": 5}},
		{Method: http.MethodPatch, Path: "/settings/sender", Body: has{"sender_name": "Your salon"}},
		{Method: http.MethodPut, Path: "/settings/signatures/en", Body: has{"signature": "See you soon"}},
		{Method: http.MethodPatch, Path: "/settings/look", Body: has{"colour": "#336699"}},
		{Method: http.MethodPatch, Path: "/settings/weights", Body: has{"no_show": 150, "reason": "Too many."}},
		{Method: http.MethodPut, Path: "/message-templates/offer/en", Body: words},
	}
}

func week(from, to string) (list []has) {
	for day := 1; day <= 7; day++ {
		list = append(list, has{"weekday": day, "from": from, "to": to})
	}
	return list
}

func TestWhoReadAnOlderVersionOfTheSetUpChangesNothing(t *testing.T) {
	f := apitest.Open(t).Furnish()
	for _, q := range onceEach(f) {
		t.Run(q.Path, func(t *testing.T) {
			first := f.Get(q.Path).Want(http.StatusOK, nil)
			q.Header = map[string]string{"If-Match": first.Header.Get("ETag")}
			changed := f.Send(q).Want(http.StatusOK, nil)
			if changed.Header.Get("ETag") == first.Header.Get("ETag") {
				t.Fatal("nothing changed")
			}
			f.Send(q).Refused(http.StatusPreconditionFailed, "changed")
			got := f.Get(q.Path).Want(http.StatusOK, nil)
			if string(got.Body) != string(changed.Body) || got.Header.Get("ETag") != changed.Header.Get("ETag") {
				t.Errorf("it was answered %s and is %s", changed.Body, got.Body)
			}
			q.Header["If-Match"] = got.Header.Get("ETag")
			f.Send(q).Want(http.StatusOK, nil) // the same again, by who has read it
		})
	}
}

func TestWhoReadAnOlderVersionRemovesNothing(t *testing.T) {
	f := apitest.Open(t).Furnish()
	f.PutLogo("").Want(http.StatusOK, nil)
	for path, patch := range map[string]has{
		"/staff-members/" + f.Known["staff_member_id"]: {"name": "Mia Wolf"},
		"/closures/" + f.Known["closure_id"]:           {"reason": "Christmas Eve"},
		"/categories/" + f.Known["category_id"]:        {"name": "Hairs"},
	} {
		tag := f.Get(path).Header.Get("ETag")
		f.Patch(path, patch).Want(http.StatusOK, nil)
		f.Send(apitest.Request{Method: http.MethodDelete, Path: path, Header: map[string]string{"If-Match": tag}}).Refused(http.StatusPreconditionFailed, "changed")
		f.Get(path).Want(http.StatusOK, nil)
	}
	tag := f.Get("/settings/look").Header.Get("ETag")
	f.Patch("/settings/look", has{"colour": "#00aa00"}).Want(http.StatusOK, nil)
	for _, method := range []string{http.MethodDelete, http.MethodPut} {
		q := apitest.Request{Method: method, Path: "/settings/look/logo", Header: map[string]string{"If-Match": tag}}
		if method == http.MethodPut {
			q.Body, q.Header["Content-Type"] = apitest.Picture(), "image/png"
		}
		f.Send(q).Refused(http.StatusPreconditionFailed, "changed")
	}
}

func TestAnotherBusinessIsNotThere(t *testing.T) {
	f := apitest.Open(t).Furnish()
	foreign := f.KeyOf(f.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	ask := func(method, path string, body any) apitest.Answer {
		return f.Send(apitest.Request{Method: method, Path: path, Token: foreign, Body: body})
	}
	template := "/message-templates/offer/de/versions/" + f.Known["version_id"]
	for path, code := range map[string]string{
		"/staff-members/" + f.Known["staff_member_id"]: "no_staff_member", "/staff-members/" + f.Known["staff_member_id"] + "/hours": "no_staff_member",
		"/closures/" + f.Known["closure_id"]: "no_closure", "/categories/" + f.Known["category_id"]: "no_category",
		"/messages/" + f.Known["message_id"]: "no_message", "/suppressions/" + f.Known["suppression_id"]: "no_suppression", template: "none",
	} {
		ask(http.MethodGet, path, nil).Refused(http.StatusNotFound, code)
		f.Get(path).Want(http.StatusOK, nil)
	}
	for _, q := range []apitest.Request{
		{Method: http.MethodPatch, Path: "/staff-members/" + f.Known["staff_member_id"], Body: has{"name": "Eve"}},
		{Method: http.MethodDelete, Path: "/staff-members/" + f.Known["staff_member_id"]},
		{Method: http.MethodPut, Path: "/staff-members/" + f.Known["staff_member_id"] + "/hours", Body: has{"own": false}},
		{Method: http.MethodPatch, Path: "/closures/" + f.Known["closure_id"], Body: has{"reason": "Ours"}},
		{Method: http.MethodDelete, Path: "/closures/" + f.Known["closure_id"]},
		{Method: http.MethodPatch, Path: "/categories/" + f.Known["category_id"], Body: has{"name": "Ours"}},
		{Method: http.MethodDelete, Path: "/categories/" + f.Known["category_id"]},
		{Method: http.MethodPut, Path: "/categories/" + f.Known["category_id"] + "/place", Body: has{"place": 0}},
		{Method: http.MethodPut, Path: "/services/" + f.Known["service_id"] + "/place", Body: has{"place": 0}},
		{Method: http.MethodPost, Path: "/messages/" + f.Known["message_id"] + "/attempts"},
		{Method: http.MethodDelete, Path: "/suppressions/" + f.Known["suppression_id"]},
		{Method: http.MethodPost, Path: "/suppressions/" + f.Known["suppression_id"] + "/restoration"},
		{Method: http.MethodPost, Path: "/message-templates/offer/de/restoration", Body: has{"version_id": f.Known["version_id"]}},
	} {
		q.Token = foreign
		if a := f.Send(q); a.Status != http.StatusNotFound {
			t.Errorf("%s %s from another business gets %d: %s", q.Method, q.Path, a.Status, a.Body)
		}
	}
	ask(http.MethodPost, "/closures", has{"from": "2027-05-01", "staff_member_id": f.Known["staff_member_id"]}).
		Refused(http.StatusUnprocessableEntity, "invalid", "staff_member_id")
	ask(http.MethodPost, "/staff-members", has{"name": "Eve", "service_ids": []string{f.Known["service_id"]}}).
		Refused(http.StatusUnprocessableEntity, "invalid", "service_ids")
	ask(http.MethodPatch, "/settings/joining", has{"service_caps": has{f.Known["service_id"]: 3}}).
		Refused(http.StatusUnprocessableEntity, "invalid", "service_caps/"+f.Known["service_id"])
}

func TestWhatIsAddedToTheSetUpIsAddedOnce(t *testing.T) {
	s := apitest.Open(t)
	for path, body := range map[string]has{
		"/staff-members": {"name": "Ada"}, "/categories": {"name": "Hair"}, "/closures": {"from": "2027-12-24"}, "/suppressions": {"email": "a@example.org", "reason": "Asked."},
	} {
		q := apitest.Request{Method: http.MethodPost, Path: path, Body: body, Header: map[string]string{"Idempotency-Key": "one" + strings.ReplaceAll(path, "/", "-")}}
		first, again := s.Send(q).Want(http.StatusCreated, nil), s.Send(q).Want(http.StatusCreated, nil)
		if again.Header.Get("Location") != first.Header.Get("Location") || string(again.Body) != string(first.Body) {
			t.Errorf("%s: %s, then %s", path, first.Body, again.Body)
		}
		// An instance that falls over behind its commit keeps no answer, but the act knows what it made.
		if _, err := s.DB.Pool().ExecContext(t.Context(), "UPDATE api_calls SET answer = NULL, claimed_until = created_at"); err != nil {
			t.Fatal(err)
		}
		if third := s.Send(q).Want(http.StatusCreated, nil); third.Header.Get("Location") != first.Header.Get("Location") {
			t.Errorf("%s: %s is made once more", path, third.Body)
		}
		if n := len(idsOf(s, path)); n != 1 {
			t.Errorf("%s has %d", path, n)
		}
	}
}

// idsOf are the ids of a list, all pages of it, two to a page.
func idsOf(s *apitest.Site, path string) (ids []string) {
	s.T.Helper()
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	for at := ""; ; {
		var list struct {
			Data []struct{ ID string }
			Next *string `json:"next_cursor"`
		}
		s.Get(path+join+"limit=2"+at).Want(http.StatusOK, &list)
		for _, one := range list.Data {
			ids = append(ids, one.ID)
		}
		if list.Next == nil {
			return ids
		}
		at = "&cursor=" + *list.Next
	}
}
