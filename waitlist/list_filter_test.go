package waitlist_test

import (
	"net/url"
	"testing"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAFilterIsReadBackAsItStoodInTheAddress(t *testing.T) {
	for name, f := range map[string]waitlist.ListFilter{
		"nothing": {},
		"everything": {
			Find: "c2VhbGVk", Service: "cut", State: "paused", Source: "staff", Tag: "vip", Staff: "mia", JoinedFrom: rules.Date{Year: 2027, Month: 2, Day: 1},
			JoinedTo: rules.Date{Year: 2027, Month: 2, Day: 1}, PassedOver: true, NoAddress: true,
		},
		"who is off the list": {State: waitlist.ListEnded},
	} {
		if got, bad := waitlist.ReadListFilter(f.Values()); got != f || bad != nil {
			t.Errorf("%s: got %+v, %v", name, got, bad)
		}
	}
	if v := (waitlist.ListFilter{}).Values(); len(v) != 0 {
		t.Errorf("the zero filter has %v", v)
	}
}

func TestWhatCanBeNoFilterIsNamedAndLeftOut(t *testing.T) {
	typed := url.Values{"state": {"asleep"}, "source": {"heaven"}, "joined_from": {"2027-02-30"}, "joined_to": {"soon"}, "service": {"cut"}}
	f, bad := waitlist.ReadListFilter(typed)
	if (f != waitlist.ListFilter{Service: "cut"}) || len(bad) != 4 || bad[0].Name != "joined_from" || bad[3].Name != "state" {
		t.Errorf("got %+v, %v", f, bad)
	}
	f, bad = waitlist.ReadListFilter(url.Values{"joined_from": {"2027-02-02"}, "joined_to": {"2027-02-01"}})
	if !f.JoinedTo.IsZero() || len(bad) != 1 || bad[0].Name != "joined_to" {
		t.Errorf("an end before the beginning: %+v, %v", f, bad)
	}
}
