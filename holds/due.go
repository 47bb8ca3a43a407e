package holds

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Due gives at most limit holds whose deadline is now or past, the longest
// overdue first. They stay due until Release or Drop. now is the database's.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]Due, error) {
	members, err := s.redis.ZRangeArgs(ctx, redis.ZRangeArgs{
		Key: s.dueKey(), ByScore: true,
		Start: "-inf", Stop: strconv.FormatInt(now.UnixMicro(), 10),
		Count: int64(limit),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("read due holds from Redis: %w", err)
	}
	due := make([]Due, 0, len(members))
	for _, member := range members {
		if d, ok := parseDue(member); ok {
			due = append(due, d)
		}
	}
	return due, nil
}

// All gives every slot that is held with the offer that holds it, to be compared
// with MySQL. Holds that come or go meanwhile may be missed.
func (s *Store) All(ctx context.Context) (offerOf map[int64]int64, err error) {
	offerOf = map[int64]int64{}
	start := s.prefix + "hold:"
	scan := s.redis.Scan(ctx, 0, escapePattern(start)+"*", 1000).Iterator()
	for scan.Next(ctx) {
		slotID, err := strconv.ParseInt(strings.TrimPrefix(scan.Val(), start), 10, 64)
		if err != nil {
			continue
		}
		offerID, err := s.redis.Get(ctx, scan.Val()).Int64()
		if errors.Is(err, redis.Nil) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read a hold from Redis: %w", err)
		}
		offerOf[slotID] = offerID
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("list holds in Redis: %w", err)
	}
	return offerOf, nil
}

// escapePattern takes from a key what SCAN would read as a pattern.
func escapePattern(key string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(key)
}
