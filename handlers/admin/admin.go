// Package admin is the door of owners and admins: the pages on which they set their business up.
package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/layout"
)

type door struct {
	business *business.Business
	insights *insights.Insights
	base     paths.Base
}

// Routes adds the pages to a group that lets only owners and admins through.
func Routes(managing *echo.Group, b *business.Business, i *insights.Insights, base paths.Base) {
	d := door{business: b, insights: i, base: base}
	managing.GET(paths.Admin, d.overview)
	managing.GET(paths.Poster, d.poster)

	managing.GET(paths.Services, d.services)
	managing.GET(paths.NewService, d.newService)
	managing.POST(paths.Services, d.addService)
	managing.GET(paths.ServiceRoute, d.service)
	managing.POST(paths.ServiceRoute, d.changeService)
	managing.GET(paths.ServiceRemovalRoute, d.serviceRemoval)
	managing.POST(paths.ServiceRemovalRoute, d.removeService)
	managing.POST(paths.ServiceRestorationRoute, d.restoreService)

	managing.GET(paths.StaffMembers, d.staffMembers)
	managing.GET(paths.NewStaffMember, d.newStaffMember)
	managing.POST(paths.StaffMembers, d.addStaffMember)
	managing.GET(paths.StaffMemberRoute, d.staffMember)
	managing.POST(paths.StaffMemberRoute, d.changeStaffMember)
	managing.GET(paths.StaffMemberRemovalRoute, d.staffMemberRemoval)
	managing.POST(paths.StaffMemberRemovalRoute, d.removeStaffMember)

	managing.GET(paths.Hours, d.hours)
	managing.POST(paths.Hours, d.changeHours)

	managing.GET(paths.Closures, d.closures)
	managing.GET(paths.NewClosure, d.newClosure)
	managing.POST(paths.Closures, d.addClosure)
	managing.GET(paths.ClosureRoute, d.closure)
	managing.POST(paths.ClosureRoute, d.changeClosure)
	managing.POST(paths.ClosureRemovalRoute, d.removeClosure)

	managing.GET(paths.Settings, d.offerSettings)
	managing.POST(paths.Settings, d.changeOfferSettings)
	managing.GET(paths.Weights, d.weights)
	managing.POST(paths.Weights, d.changeWeights)
	managing.GET(paths.Profile, d.profile)
	managing.POST(paths.Profile, d.changeProfile)
}

// page is the frame of a page in the navigation's place nav; title is translated.
func page(c echo.Context, nav, title string) layout.Page {
	p := respond.Page(c, title)
	p.Nav = nav
	return p
}

func text(c echo.Context, key string, args ...any) string {
	return middleware.Locale(c).T(key, args...)
}
