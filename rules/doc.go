// Package rules holds what the business decides, as pure functions: who fits an opening, who goes first, until when an offer
// stands, when a place is open and what may become of what. It reads no clock, no database and no environment; the
// moment is always an argument.
//
// Moments are time.Time in any location and mean an instant. Calendar dates are [Date], times of day are minutes since
// local midnight on the clock on the wall (0 to 1440), and both mean something only together with a zone. Intervals
// include their start and exclude their end. Scores are whole points.
package rules
