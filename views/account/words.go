// Package account holds the pages of whoever comes in: the first page, signing up, logging in, and the logins of a business.
package account

import (
	"context"

	"github.com/your-org/waitlist-management/i18n"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }
