package business

import (
	"context"
	"strconv"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// WeightsForm is what is typed about who goes first: points, 0 to 10000 each. See rules.Weights. It comes from a form, or from a link that
// proposes weights.
type WeightsForm struct {
	WaitPerHour      string `form:"wait_per_hour" query:"wait_per_hour"`
	PriorityPerLevel string `form:"priority_per_level" query:"priority_per_level"`
	LoyaltyPerVisit  string `form:"loyalty_per_visit" query:"loyalty_per_visit"`
	LoyaltyMost      string `form:"loyalty_most" query:"loyalty_most"`
	Reliability      string `form:"reliability" query:"reliability"`
	Flexibility      string `form:"flexibility" query:"flexibility"`
	NoShow           string `form:"no_show" query:"no_show"`
	NoShowMost       string `form:"no_show_most" query:"no_show_most"`
	PreferredStaff   string `form:"preferred_staff" query:"preferred_staff"`
	PreferredTime    string `form:"preferred_time" query:"preferred_time"`
	PassOverLimit    string `form:"pass_over_limit" query:"pass_over_limit"`
	PassOverLift     string `form:"pass_over_lift" query:"pass_over_lift"`

	Reason  string `form:"reason"`  // why they are changed, for the audit trail
	Version string `form:"version"` // of the weights that the form was made over
}

// Filled makes the form with these weights and the rest as it is.
func (f WeightsForm) Filled(w rules.Weights) WeightsForm {
	return WeightsForm{
		strconv.Itoa(w.WaitPerHour), strconv.Itoa(w.PriorityPerLevel), strconv.Itoa(w.LoyaltyPerVisit), strconv.Itoa(w.LoyaltyMost),
		strconv.Itoa(w.Reliability), strconv.Itoa(w.Flexibility), strconv.Itoa(w.NoShow), strconv.Itoa(w.NoShowMost),
		strconv.Itoa(w.PreferredStaff), strconv.Itoa(w.PreferredTime), strconv.Itoa(w.PassOverLimit), strconv.Itoa(w.PassOverLift),
		f.Reason, f.Version,
	}
}

// Weights are the saved weights in a form, and what there is to know about them.
func (b *Business) Weights(ctx context.Context, tenantID int64) (WeightsPage, error) {
	settings, err := waitlist.LoadSettings(ctx, b.db.Queries, tenantID)
	if err != nil {
		return WeightsPage{}, err
	}
	f := WeightsForm{Version: strconv.Itoa(settings.WeightsVersion())}.Filled(settings.Coming())
	return b.weightsPage(ctx, settings, f)
}

// SavedWeights are the weights that were saved last, and their version.
func (b *Business) SavedWeights(ctx context.Context, tenantID int64) (w rules.Weights, version int, err error) {
	settings, err := waitlist.LoadSettings(ctx, b.db.Queries, tenantID)
	if err != nil {
		return w, 0, err
	}
	return settings.Coming(), settings.WeightsVersion(), nil
}

// ProposedWeights are the weights of a form, and what they would do; nothing is saved. Fields that can't be read are refused, and the page
// is there all the same, without what they would do. A form that was made over no version is made over the present one.
func (b *Business) ProposedWeights(ctx context.Context, tenantID int64, f WeightsForm) (WeightsPage, error) {
	settings, err := waitlist.LoadSettings(ctx, b.db.Queries, tenantID)
	if err != nil {
		return WeightsPage{}, err
	}
	if f.Version == "" {
		f.Version = strconv.Itoa(settings.WeightsVersion())
	}
	return b.weightsPage(ctx, settings, f)
}

// ChangeWeights changes who goes first. The list is put into the new order in the background; until then the old order holds. Refused
// fields are those of the form; problem.Conflict when the weights were changed since the form was made.
func (b *Business) ChangeWeights(ctx context.Context, s waitlist.Staff, f WeightsForm) error {
	weights, err := f.read()
	if err != nil {
		return err
	}
	change := waitlist.ChangeWeights{Weights: weights, Reason: f.Reason}
	change.Version, _ = strconv.Atoi(f.Version) // a version that is no number is none that there was
	return b.waitlist.ChangeWeights(ctx, s, change)
}

// Rekeying tells how far a change of the weights is.
func (b *Business) Rekeying(ctx context.Context, tenantID int64) (waitlist.Rekeying, error) {
	return b.waitlist.Rekeying(ctx, tenantID)
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
