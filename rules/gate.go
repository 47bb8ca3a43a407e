package rules

import "time"

// OfferGate tells why no offer for the opening may go out now, whoever the candidate: ReasonTooLate, when an offer's hold would end
// past the minimum notice before the start (it will not get better: retryAt is zero), or ReasonQuietHours, until retryAt. An
// empty reason lets offers out.
func OfferGate(s Settings, now time.Time, o Opening) (reason UnfilledReason, retryAt time.Time) {
	if now.Add(s.Hold).After(o.Start.Add(-s.MinimumNotice)) {
		return ReasonTooLate, time.Time{}
	}
	if s.Quiet.Contains(now, s.Zone) {
		return ReasonQuietHours, s.Quiet.EndAfter(now, s.Zone)
	}
	return "", time.Time{}
}
