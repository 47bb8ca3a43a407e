package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// Settings is what a business decided, with both sets of weights.
type Settings struct {
	rules.Settings
	Row  db.Setting
	a, b db.Weight
}

// LoadSettings reads a business's settings. The Weights within are those that rank now.
func LoadSettings(ctx context.Context, q *db.Queries, tenantID int64) (Settings, error) {
	row, err := q.GetSettings(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return Settings{}, err
	}
	return withWeights(ctx, q, row)
}

func withWeights(ctx context.Context, q *db.Queries, row db.Setting) (Settings, error) {
	weights, err := q.GetWeights(ctx, row.TenantID)
	if err != nil {
		return Settings{}, db.Down(fmt.Errorf("reading weights: %w", err))
	}
	if len(weights) != 2 {
		return Settings{}, fmt.Errorf("business %d has %d sets of weights, not 2", row.TenantID, len(weights))
	}
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		return Settings{}, fmt.Errorf("business %d: %w", row.TenantID, err)
	}
	s := Settings{Row: row, a: weights[0], b: weights[1]}
	s.Settings = rules.Settings{
		Zone:            zone,
		Hold:            time.Duration(row.HoldSeconds) * time.Second,
		HoldCap:         time.Duration(row.HoldCapSeconds) * time.Second,
		MinimumNotice:   time.Duration(row.MinimumNoticeMinutes) * time.Minute,
		ContactGap:      time.Duration(row.ContactGapMinutes) * time.Minute,
		ContactsPerDay:  row.ContactsPerDay,
		Quiet:           rules.QuietHours{From: row.QuietFromMinute, To: row.QuietToMinute},
		Night:           row.NightOpenings,
		MessagesPerHour: row.MessagesPerHour,
		MessagesPerDay:  row.MessagesPerDay,
		Weights:         points(s.a),
	}
	if s.ranksByB() {
		s.Weights = points(s.b)
	}
	return s, nil
}

func (s Settings) ranksByB() bool { return s.Row.LiveOrderKey == "b" }

// Coming are the weights being brought in, or those that rank when none are.
func (s Settings) Coming() rules.Weights {
	if s.Row.Rekeying != s.ranksByB() {
		return points(s.b)
	}
	return points(s.a)
}

func points(w db.Weight) rules.Weights {
	return rules.Weights{
		WaitPerHour: w.WaitPerHour, PriorityPerLevel: w.PriorityPerLevel,
		LoyaltyPerVisit: w.LoyaltyPerVisit, LoyaltyMost: w.LoyaltyMost,
		Reliability: w.Reliability, Flexibility: w.Flexibility,
		NoShow: w.NoShow, NoShowMost: w.NoShowMost,
		PreferredStaff: w.PreferredStaff, PreferredTime: w.PreferredTime,
		PassOverLimit: w.PassOverLimit, PassOverLift: w.PassOverLift,
	}
}
