package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// outboxDoor is what was sent, and who is not written to.
type outboxDoor struct{ waitlist *waitlist.Waitlist }

// OutboxRoutes adds the pages of what was sent and of who is not written to, to a group that asks the policy.
func OutboxRoutes(pages *echo.Group, w *waitlist.Waitlist) {
	d := outboxDoor{w}
	pages.GET(paths.MessagesSent, d.sent)
	pages.POST(paths.MessagesSent, d.findSent)
	pages.GET(paths.SentMessageRoute, d.message)
	pages.POST(paths.SentAgainRoute, d.again)

	pages.GET(paths.MessageSuppressions, d.suppressions)
	pages.POST(paths.MessageSuppressions, d.suppress)
	pages.POST(paths.SuppressionsSearch, d.findSuppression)
	pages.POST(paths.SuppressionRemovalRoute, d.lift)
	pages.POST(paths.SuppressionRestorationRoute, d.unlift)
}
