package business

import (
	"context"
	"strconv"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// WeightsForm is what is typed about who goes first: points, 0 to 10000 each. See rules.Weights.
type WeightsForm struct {
	WaitPerHour      string `form:"wait_per_hour"`
	PriorityPerLevel string `form:"priority_per_level"`
	LoyaltyPerVisit  string `form:"loyalty_per_visit"`
	LoyaltyMost      string `form:"loyalty_most"`
	Reliability      string `form:"reliability"`
	Flexibility      string `form:"flexibility"`
	NoShow           string `form:"no_show"`
	NoShowMost       string `form:"no_show_most"`
	PreferredStaff   string `form:"preferred_staff"`
	PreferredTime    string `form:"preferred_time"`
	PassOverLimit    string `form:"pass_over_limit"`
	PassOverLift     string `form:"pass_over_lift"`
}

// Weights is the form of the weights as saved, and whether the list is still being put into their order.
func (b *Business) Weights(ctx context.Context, tenantID int64) (f WeightsForm, sorting bool, err error) {
	settings, err := waitlist.LoadSettings(ctx, b.db.Queries, tenantID)
	if err != nil {
		return WeightsForm{}, false, err
	}
	w := settings.Coming()
	return WeightsForm{
		strconv.Itoa(w.WaitPerHour), strconv.Itoa(w.PriorityPerLevel), strconv.Itoa(w.LoyaltyPerVisit), strconv.Itoa(w.LoyaltyMost),
		strconv.Itoa(w.Reliability), strconv.Itoa(w.Flexibility), strconv.Itoa(w.NoShow), strconv.Itoa(w.NoShowMost),
		strconv.Itoa(w.PreferredStaff), strconv.Itoa(w.PreferredTime), strconv.Itoa(w.PassOverLimit), strconv.Itoa(w.PassOverLift),
	}, settings.Row.Rekeying, nil
}

// ChangeWeights changes who goes first. The list is put into the new order in the background; until then the old order holds. Refused
// fields are those of the form.
func (b *Business) ChangeWeights(ctx context.Context, s waitlist.Staff, f WeightsForm) error {
	read, err := f.read()
	if err != nil {
		return err
	}
	return b.waitlist.ChangeWeights(ctx, s, read)
}

func (f WeightsForm) read() (rules.Weights, error) {
	var r reading
	w := rules.Weights{
		WaitPerHour:      r.whole("wait_per_hour", f.WaitPerHour),
		PriorityPerLevel: r.whole("priority_per_level", f.PriorityPerLevel),
		LoyaltyPerVisit:  r.whole("loyalty_per_visit", f.LoyaltyPerVisit),
		LoyaltyMost:      r.whole("loyalty_most", f.LoyaltyMost),
		Reliability:      r.whole("reliability", f.Reliability),
		Flexibility:      r.whole("flexibility", f.Flexibility),
		NoShow:           r.whole("no_show", f.NoShow),
		NoShowMost:       r.whole("no_show_most", f.NoShowMost),
		PreferredStaff:   r.whole("preferred_staff", f.PreferredStaff),
		PreferredTime:    r.whole("preferred_time", f.PreferredTime),
		PassOverLimit:    r.whole("pass_over_limit", f.PassOverLimit),
		PassOverLift:     r.whole("pass_over_lift", f.PassOverLift),
	}
	r.settings(rules.Settings{Weights: w}, WeightFields())
	return w, r.err()
}

// WeightFields are the fields of a WeightsForm in its order.
func WeightFields() []string {
	return []string{
		"wait_per_hour", "priority_per_level", "loyalty_per_visit", "loyalty_most", "reliability", "flexibility",
		"no_show", "no_show_most", "preferred_staff", "preferred_time", "pass_over_limit", "pass_over_lift",
	}
}
