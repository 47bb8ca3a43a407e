package api_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
)

func TestACategoryIsAddedRenamedPlacedAndRemoved(t *testing.T) {
	s := apitest.Open(t)
	hair, nails, skin := s.Add("/categories", has{"name": "Hair"}), s.Add("/categories", has{"name": "Nails"}), s.Add("/categories", has{"name": "Skin"})
	s.Post("/categories", has{"name": "Hair"}).Refused(http.StatusUnprocessableEntity, "invalid", "name")
	s.Put("/categories/"+skin+"/place", has{"place": 0}).Want(http.StatusNoContent, nil)
	s.Put("/categories/"+hair+"/place", has{"place": 99}).Want(http.StatusNoContent, nil)
	if got := idsOf(s, "/categories"); !slices.Equal(got, []string{skin, nails, hair}) {
		t.Errorf("the order is %v", got)
	}
	var first, second service
	s.Post("/services", cut()).Want(http.StatusCreated, &first)
	s.Post("/services", cut()).Want(http.StatusCreated, &second)
	for _, id := range []string{first.ID, second.ID} {
		s.Patch("/services/"+id, has{"category_id": hair}).Want(http.StatusOK, nil)
	}
	s.Put("/services/"+second.ID+"/place", has{"place": 0}).Want(http.StatusNoContent, nil)
	var one struct {
		Name       string
		ServiceIDs []string `json:"service_ids"`
	}
	s.Patch("/categories/"+hair, has{"name": "Hair and beard"}).Want(http.StatusOK, &one)
	if one.Name != "Hair and beard" || !slices.Equal(one.ServiceIDs, []string{second.ID, first.ID}) {
		t.Errorf("changed to %+v", one)
	}
	s.Delete("/categories/"+hair).Want(http.StatusNoContent, nil)
	s.Get("/categories/"+hair).Refused(http.StatusNotFound, "no_category")
	var left struct {
		Category *string `json:"category_id"`
	}
	s.Get("/services/"+first.ID).Want(http.StatusOK, &left)
	if left.Category != nil {
		t.Errorf("its service is in %s", *left.Category)
	}
	s.Put("/services/"+first.ID+"/place", has{"place": -1}).Refused(http.StatusUnprocessableEntity, "invalid", "place")
	s.Put("/services/nothing/place", has{"place": 1}).Refused(http.StatusNotFound, "no_service")
}
