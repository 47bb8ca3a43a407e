// Package public draws what customers see: joining the list, where they stand, an offer, a booking. Every page works
// without script; with it the offer's page counts down and refused forms change in place.
package public
