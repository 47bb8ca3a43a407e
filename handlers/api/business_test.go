package api_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
)

type profile struct {
	Name, Zone, Currency, Locale                                    string
	Street, Postcode, Town, Country, Phone, Email, Website, Privacy *string
}

func TestTheBusinessIsChangedBitByBit(t *testing.T) {
	s := apitest.Open(t)
	var got profile
	s.Patch("/business", has{"street": "Oak Lane 1", "phone": "030 901820", "website": "salon.example", "country": "DE"}).Want(http.StatusOK, &got)
	if *got.Street != "Oak Lane 1" || *got.Phone != "+4930901820" || *got.Website != "https://salon.example" || got.Town != nil || got.Currency != "EUR" {
		t.Errorf("changed to %+v", got)
	}
	s.Patch("/business", has{"name": "Oak Lane Salon", "phone": nil, "locale": "de-AT"}).Want(http.StatusOK, &got)
	if got.Name != "Oak Lane Salon" || got.Phone != nil || *got.Street != "Oak Lane 1" || got.Locale != "de-AT" {
		t.Errorf("changed to %+v", got)
	}
	s.Patch("/business", has{"zone": "Mars/Base", "currency": "XXQ", "locale": "xx", "phone": "1", "email": "no", "website": "ftp://salon.example", "country": "XX"}).
		Refused(http.StatusUnprocessableEntity, "invalid", "zone", "currency", "locale", "phone", "email", "website", "country")
}

func TestWhatAnotherZoneOrCurrencyTouchesIsToldFirst(t *testing.T) {
	f := apitest.Open(t).Furnish()
	f.Post("/services", cut()).Want(http.StatusCreated, nil)
	var p touched
	f.Patch("/business", has{"currency": "USD"}).Want(http.StatusConflict, &p)
	if got := p.kinds(); !slices.Contains(got, "price") || slices.Contains(got, "booking") {
		t.Errorf("told %v", got)
	}
	f.Patch("/business", has{"zone": "Europe/London"}).Want(http.StatusConflict, &p)
	if got := p.kinds(); !slices.Contains(got, "booking") || slices.Contains(got, "price") {
		t.Errorf("told %v", got)
	}
	var got profile
	f.Patch("/business?seen="+p.Seen, has{"zone": "Europe/London"}).Want(http.StatusOK, &got)
	if got.Zone != "Europe/London" {
		t.Errorf("changed to %+v", got)
	}
}

func TestAFormerPublicAddressLeadsOn(t *testing.T) {
	s := apitest.Open(t)
	var was, got struct {
		Slug    string
		JoinURL string `json:"join_url"`
		Former  []string
	}
	s.Get("/business/public-address").Want(http.StatusOK, &was)
	s.Put("/business/public-address", has{"slug": "oak-lane"}).Refused(http.StatusUnprocessableEntity, "invalid", "sure")
	s.Put("/business/public-address", has{"slug": "Oak Lane!", "sure": true}).Refused(http.StatusUnprocessableEntity, "invalid", "slug")
	s.Put("/business/public-address", has{"slug": "oak-lane", "sure": true}).Want(http.StatusOK, &got)
	if got.Slug != "oak-lane" || got.JoinURL != "https://wait.example/b/oak-lane" || !slices.Equal(got.Former, []string{was.Slug}) {
		t.Errorf("set to %+v", got)
	}
	s.Another("elsewhere", "Elsewhere")
	s.Put("/business/public-address", has{"slug": "elsewhere", "sure": true}).Refused(http.StatusUnprocessableEntity, "invalid", "slug")
}
