package rules

import "time"

// OfferGate tells why no offer for the opening may go out now, whoever the candidate: ReasonTooLate, when an offer's hold would end
// past the minimum notice before the start (it will not get better: retryAt is zero), or ReasonQuietHours, until retryAt, unless the
// business asks in the night when it would be too late by then. An empty reason lets offers out.
func OfferGate(s Settings, now time.Time, o Opening) (reason UnfilledReason, retryAt time.Time) {
	if now.Add(s.Hold).After(o.Start.Add(-s.MinimumNotice)) {
		return ReasonTooLate, time.Time{}
	}
	if !s.Quiet.Contains(now, s.Zone) {
		return "", time.Time{}
	}
	end := s.Quiet.EndAfter(now, s.Zone)
	if s.Night == NightAsk && end.Add(s.Hold).After(o.Start.Add(-s.MinimumNotice)) {
		return "", time.Time{}
	}
	return ReasonQuietHours, end
}

// OffersInARow is how many customers one after the other can be asked about an opening that begins so far ahead, when each lets the
// offer run out and none goes out in quiet hours.
func OffersInARow(s Settings, ahead time.Duration) int {
	if s.Hold <= 0 {
		return 0
	}
	return int(max(0, ahead-s.MinimumNotice) / s.Hold)
}
