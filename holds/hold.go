package holds

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// The scripts take the slot's hold and the due set as keys, and as arguments the
// offer, its member in the due set, the deadline in microseconds and how many
// milliseconds the hold may stay. A call that arrives late never brings a
// deadline forward.
var (
	holdScript = redis.NewScript(`
		if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('PTTL', KEYS[1]) < tonumber(ARGV[4]) then
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
		end
		redis.call('ZADD', KEYS[2], 'GT', ARGV[3], ARGV[2])
		return 1`)
	raiseScript = redis.NewScript(`
		if redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PTTL', KEYS[1]) < tonumber(ARGV[4]) then
			redis.call('PEXPIRE', KEYS[1], ARGV[4])
		end
		redis.call('ZADD', KEYS[2], 'XX', 'GT', ARGV[3], ARGV[2])
		return 1`)
)

// Hold notes that an offer holds a slot until deadline. It takes the slot from
// any other offer, whose release may have been lost. deadline and now are both
// the database's.
func (s *Store) Hold(ctx context.Context, slotID, offerID int64, deadline, now time.Time) error {
	if err := s.until(ctx, holdScript, slotID, offerID, deadline, now); err != nil {
		return fmt.Errorf("hold in Redis: %w", err)
	}
	return nil
}

// Raise moves the deadline of a hold that is there to a later one. It brings
// back no hold that was released or lost.
func (s *Store) Raise(ctx context.Context, slotID, offerID int64, deadline, now time.Time) error {
	if err := s.until(ctx, raiseScript, slotID, offerID, deadline, now); err != nil {
		return fmt.Errorf("raise a hold in Redis: %w", err)
	}
	return nil
}

func (s *Store) until(ctx context.Context, script *redis.Script, slotID, offerID int64, deadline, now time.Time) error {
	stay := max(deadline.Sub(now), 0) + margin
	return script.Run(ctx, s.redis, []string{s.holdKey(slotID), s.dueKey()},
		offerID, Due{SlotID: slotID, OfferID: offerID}.member(), deadline.UnixMicro(), stay.Milliseconds()).Err()
}
