package counter

import (
	"context"

	"github.com/your-org/waitlist-management/waitlist"
)

// WishesInShort are the wishes of an entry in a few words; nothing for somebody who takes anything.
func WishesInShort(ctx context.Context, e waitlist.WaitingEntry) []string { return inShort(ctx, e) }

// PriorityName is a priority, -3 to 3, in words.
func PriorityName(ctx context.Context, priority int) string { return priorityName(ctx, priority) }
