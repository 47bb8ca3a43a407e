package api_test

import (
	"net/http"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestWeightsAreChangedWithAReasonAndBroughtInByTheJob(t *testing.T) {
	s := apitest.Open(t)
	service := s.Add("/services", cut())
	s.Add("/staff-members", has{"name": "Ada"})
	s.Wait(service, waitlist.Wishes{})
	var before, got map[string]int
	s.Get("/settings/weights").Want(http.StatusOK, &before)
	s.Patch("/settings/weights", has{"wait_per_hour": 25}).Refused(http.StatusUnprocessableEntity, "invalid", "reason")
	s.Patch("/settings/weights", has{"wait_per_hour": 10001, "loyalty": 1, "reason": "x"}).Refused(http.StatusUnprocessableEntity, "invalid", "wait_per_hour", "loyalty")
	s.Patch("/settings/weights", has{"wait_per_hour": 25, "reason": "Those who wait longest complained."}).Want(http.StatusOK, &got)
	for name, points := range before {
		if name == "wait_per_hour" {
			points = 25
		}
		if got[name] != points {
			t.Errorf("%s is %d, want %d", name, got[name], points)
		}
	}
	var rekeying struct {
		Going          bool
		Written, Total int
		Since          *string `json:"since_at"`
	}
	s.Get("/settings/weights/rekeying").Want(http.StatusOK, &rekeying)
	if !rekeying.Going || rekeying.Total != 1 || rekeying.Since == nil {
		t.Errorf("it is %+v", rekeying)
	}
	var changes struct {
		Data []struct {
			By, Reason    *string
			Before, After map[string]int
		}
	}
	s.Get("/settings/weights/changes").Want(http.StatusOK, &changes)
	if len(changes.Data) != 1 || *changes.Data[0].By != "Test" || *changes.Data[0].Reason != "Those who wait longest complained." ||
		changes.Data[0].Before["wait_per_hour"] != 10 || changes.Data[0].After["wait_per_hour"] != 25 {
		t.Errorf("the changes are %+v", changes.Data)
	}
	s.Patch("/settings/weights", has{"wait_per_hour": 10, "reason": "Never mind."}).Want(http.StatusOK, nil)
	s.Get("/settings/weights/rekeying").Want(http.StatusOK, &rekeying)
	if rekeying.Going || rekeying.Since != nil {
		t.Errorf("it is %+v", rekeying)
	}
}

func TestAPreviewOfWeightsTellsWhoMovesAndChangesNothing(t *testing.T) {
	f := apitest.Open(t).Furnish()
	last := f.Wait(f.Known["service_id"], waitlist.Wishes{})
	f.Patch("/entries/"+last.Entry, has{"priority": 3, "reason": "Promised."})
	type move struct {
		Entry   string `json:"entry_id"`
		Was, Is int
	}
	var got struct {
		OnList   int `json:"on_list"`
		Moved    int
		First    []move
		Services []struct {
			ID    string `json:"service_id"`
			First []move
		}
		Slots []struct {
			ID   string `json:"slot_id"`
			Then struct {
				Entry *string `json:"entry_id"`
			}
		}
	}
	f.Post("/settings/weights/preview", has{"wait_per_hour": 0, "flexibility": 0, "reliability": 0}).Want(http.StatusOK, &got)
	if got.OnList != 3 || len(got.First) != 3 || len(got.Services) != 1 || got.Services[0].ID != f.Known["service_id"] {
		t.Errorf("it would be %+v", got)
	}
	if len(got.Slots) != 1 || got.Slots[0].ID != f.Known["slot_id"] {
		t.Errorf("the slots are %+v", got.Slots)
	}
	f.Post("/settings/weights/preview", has{"wait_per_hour": -1}).Refused(http.StatusUnprocessableEntity, "invalid", "wait_per_hour")
	var weights map[string]int
	f.Get("/settings/weights").Want(http.StatusOK, &weights)
	if weights["wait_per_hour"] != 10 {
		t.Errorf("they are %v now", weights)
	}
}
