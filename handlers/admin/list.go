package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// listDoor is the part of the door where the list comes in, goes out, and is opened and closed.
type listDoor struct {
	waitlist *waitlist.Waitlist
	business *business.Business
}

// ListRoutes adds the pages of importing, exporting, joining and blocking to a group that asks the policy.
func ListRoutes(pages *echo.Group, w *waitlist.Waitlist, b *business.Business) {
	d := listDoor{waitlist: w, business: b}
	pages.GET(paths.ListImport, d.imports)
	pages.POST(paths.ListImport, d.upload)
	pages.GET(paths.ListImportRoute, d.importPage)
	pages.GET(paths.ListImportMappingRoute, d.mapping)
	pages.POST(paths.ListImportMappingRoute, d.check)
	pages.POST(paths.ListImportStartRoute, d.startImport)
	pages.POST(paths.ListImportCancellationRoute, d.cancelImport)
	pages.POST(paths.ListImportUndoingRoute, d.undoImport)
	pages.GET(paths.ListImportBadRoute, d.badRows)

	pages.GET(paths.ListExport, d.exportPage)
	pages.POST(paths.ListExport, d.export)

	pages.GET(paths.Joining, d.joining)
	pages.POST(paths.Joining, d.changeJoining)

	pages.GET(paths.Blocks, d.blocks)
	pages.POST(paths.Blocks, d.block)
	pages.POST(paths.BlockRemovalRoute, d.unblock)
}

func tenant(c echo.Context) int64 { return middleware.MustUser(c).TenantID }
