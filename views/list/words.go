// Package list holds the owner's pages of the whole waiting list: searching it, what is done with many entries at once, and tags.
package list

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }

func day(ctx context.Context, d rules.Date) string {
	return i18n.From(ctx).ShortDate(d.In(12*60, time.UTC))
}
