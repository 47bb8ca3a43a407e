package api_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
)

func TestPublicHolidaysAreChosenAndTold(t *testing.T) {
	s := apitest.Open(t)
	var choice struct {
		Country, Region *string
		Worked          []string
		OpenOn          []string `json:"open_on"`
	}
	s.Get("/holidays").Want(http.StatusOK, &choice)
	if choice.Country != nil || len(choice.Worked) != 0 {
		t.Errorf("begins with %+v", choice)
	}
	s.Put("/holidays", has{"country": "DE", "region": "BE", "worked": []string{"Pfingstmontag", "Festtag"}, "open_on": []string{"2027-12-26", "2027-12-27"}}).Want(http.StatusOK, &choice)
	if *choice.Country != "DE" || *choice.Region != "BE" || !slices.Equal(choice.Worked, []string{"Pfingstmontag"}) || !slices.Equal(choice.OpenOn, []string{"2027-12-26"}) {
		t.Errorf("set to %+v", choice)
	}
	type day struct {
		Date, Name string
		Closes     bool
	}
	days := func(query string) map[string]day {
		found, at := map[string]day{}, ""
		for {
			var list struct {
				Data []day
				Next *string `json:"next_cursor"`
			}
			s.Get("/holidays/days?limit=3"+query+at).Want(http.StatusOK, &list)
			for _, d := range list.Data {
				found[d.Date] = d
			}
			if list.Next == nil {
				return found
			}
			at = "&cursor=" + *list.Next
		}
	}
	saved := days("")
	if !saved["2027-12-25"].Closes || saved["2027-12-26"].Closes || saved["2027-05-17"].Closes || saved["2027-05-17"].Name != "Pfingstmontag" {
		t.Errorf("the days are %v", saved)
	}
	if other := days("&country=AT"); !other["2027-10-26"].Closes || other["2027-10-26"].Name == "" || len(saved["2027-10-26"].Name) != 0 {
		t.Errorf("Austria keeps %v", other)
	}
	s.Get("/holidays/days?country=DE&region=ZZ").Refused(http.StatusUnprocessableEntity, "invalid", "country")
	s.Put("/holidays", has{"country": "DE", "region": "ZZ"}).Refused(http.StatusUnprocessableEntity, "invalid", "country")
	s.Put("/holidays", has{"country": "AU"}).Refused(http.StatusUnprocessableEntity, "invalid", "country") // only its regions have a calendar
	s.Put("/holidays", has{"country": nil}).Want(http.StatusOK, &choice)
	if choice.Country != nil || choice.Region != nil {
		t.Errorf("set to %+v", choice)
	}
}

func TestCountriesTellWhetherARegionMustBeChosen(t *testing.T) {
	s := apitest.Open(t)
	var list struct {
		Data []struct {
			Country string
			Whole   bool
			Regions []struct{ Region, Name string }
		}
	}
	s.Get("/holidays/countries?limit=100").Want(http.StatusOK, &list)
	for _, c := range list.Data {
		if !c.Whole && len(c.Regions) == 0 {
			t.Errorf("%s can't be chosen", c.Country)
		}
		if c.Country == "AU" && (c.Whole || len(c.Regions) != 8) || c.Country == "AT" && (!c.Whole || len(c.Regions) != 0) {
			t.Errorf("%+v", c)
		}
	}
	if len(list.Data) < 30 {
		t.Errorf("%d countries", len(list.Data))
	}
}
