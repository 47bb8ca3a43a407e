// Package holds keeps in Redis which offer holds which slot and when each hold
// is due, so that an expiry is noticed within a second. MySQL decides; what is
// here may be lost, late or wrong, and is then read again from there.
package holds

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// margin is how long a hold outlives its deadline when nobody releases it.
const margin = time.Minute

// Store keeps the holds of all businesses. Safe for concurrent use. Its errors
// are never a reason to fail the caller's act.
type Store struct {
	redis  redis.UniversalClient
	prefix string
}

// New makes a store whose keys all begin with prefix.
func New(rdb redis.UniversalClient, prefix string) *Store {
	return &Store{redis: rdb, prefix: prefix}
}

// Due is an offer and the slot it holds.
type Due struct {
	SlotID  int64
	OfferID int64
}

func (d Due) member() string { return fmt.Sprintf("%d:%d", d.SlotID, d.OfferID) }

func parseDue(member string) (Due, bool) {
	slot, offer, _ := strings.Cut(member, ":")
	slotID, errSlot := strconv.ParseInt(slot, 10, 64)
	offerID, errOffer := strconv.ParseInt(offer, 10, 64)
	return Due{SlotID: slotID, OfferID: offerID}, errSlot == nil && errOffer == nil
}

func (s *Store) holdKey(slotID int64) string {
	return s.prefix + "hold:" + strconv.FormatInt(slotID, 10)
}
func (s *Store) dueKey() string { return s.prefix + "due" }

// Ping asks Redis whether it is there.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.redis.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ping Redis: %w", err)
	}
	return nil
}
