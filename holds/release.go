package holds

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// The first key is the due set, the others the slots' holds; the arguments are
// an offer and its member of the due set for each. Another offer's hold stays.
var releaseScript = redis.NewScript(`
	for i = 2, #KEYS do
		local offer, member = ARGV[2*i-3], ARGV[2*i-2]
		if redis.call('GET', KEYS[i]) == offer then
			redis.call('DEL', KEYS[i])
		end
		redis.call('ZREM', KEYS[1], member)
	end
	return 1`)

// Release ends an offer's hold of a slot, if it is still that offer's.
func (s *Store) Release(ctx context.Context, slotID, offerID int64) error {
	return s.Drop(ctx, Due{SlotID: slotID, OfferID: offerID})
}

// Drop releases all the given holds, which MySQL says are over.
func (s *Store) Drop(ctx context.Context, over ...Due) error {
	if len(over) == 0 {
		return nil
	}
	keys := []string{s.dueKey()}
	var args []any
	for _, d := range over {
		keys = append(keys, s.holdKey(d.SlotID))
		args = append(args, d.OfferID, d.member())
	}
	if err := releaseScript.Run(ctx, s.redis, keys, args...).Err(); err != nil {
		return fmt.Errorf("release holds in Redis: %w", err)
	}
	return nil
}
