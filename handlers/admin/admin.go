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
	around   business.Installation
}

// Routes adds the pages to a group that asks the policy.
func Routes(pages *echo.Group, b *business.Business, i *insights.Insights, around business.Installation) {
	d := door{business: b, insights: i, base: around.Base, around: around}
	pages.GET(paths.Admin, d.overview)
	pages.GET(paths.Poster, d.poster)
	pages.GET(paths.Launch, d.launch)

	pages.GET(paths.Services, d.services)
	pages.GET(paths.NewService, d.newService)
	pages.POST(paths.Services, d.addService)
	pages.GET(paths.ServiceRoute, d.service)
	pages.POST(paths.ServiceRoute, d.changeService)
	pages.GET(paths.ServiceRemovalRoute, d.serviceRemoval)
	pages.POST(paths.ServiceRemovalRoute, d.removeService)
	pages.POST(paths.ServiceRestorationRoute, d.restoreService)

	pages.GET(paths.StaffMembers, d.staffMembers)
	pages.GET(paths.NewStaffMember, d.newStaffMember)
	pages.POST(paths.StaffMembers, d.addStaffMember)
	pages.GET(paths.StaffMemberRoute, d.staffMember)
	pages.POST(paths.StaffMemberRoute, d.changeStaffMember)
	pages.GET(paths.StaffMemberRemovalRoute, d.staffMemberRemoval)
	pages.POST(paths.StaffMemberRemovalRoute, d.removeStaffMember)

	pages.POST(paths.ServicePlaceRoute, d.placeService)
	pages.GET(paths.Categories, d.categories)
	pages.POST(paths.Categories, d.addCategory)
	pages.GET(paths.CategoryRoute, d.category)
	pages.POST(paths.CategoryRoute, d.renameCategory)
	pages.POST(paths.CategoryPlaceRoute, d.placeCategory)
	pages.POST(paths.CategoryRemovalRoute, d.removeCategory)

	pages.GET(paths.StaffMemberHoursRoute, d.staffHours)
	pages.POST(paths.StaffMemberHoursRoute, d.changeStaffHours)
	pages.GET(paths.Holidays, d.holidays)
	pages.POST(paths.Holidays, d.changeHolidays)

	pages.GET(paths.Hours, d.hours)
	pages.POST(paths.Hours, d.changeHours)

	pages.GET(paths.Closures, d.closures)
	pages.GET(paths.NewClosure, d.newClosure)
	pages.POST(paths.Closures, d.addClosure)
	pages.GET(paths.ClosureRoute, d.closure)
	pages.POST(paths.ClosureRoute, d.changeClosure)
	pages.POST(paths.ClosureRemovalRoute, d.removeClosure)

	pages.GET(paths.Settings, d.offerSettings)
	pages.POST(paths.Settings, d.changeOfferSettings)
	pages.GET(paths.MessagesSending, d.sending)
	pages.POST(paths.MessagesSender, d.changeSender)
	pages.POST(paths.MessagesSignature, d.changeSignature)
	pages.POST(paths.MessageLimits, d.changeMessageLimits)
	pages.POST(paths.MessageQuietHours, d.changeQuietHours)
	pages.GET(paths.Weights, d.weights)
	pages.POST(paths.Weights, d.changeWeights)
	pages.GET(paths.Profile, d.profile)
	pages.POST(paths.Profile, d.changeProfile)
	pages.GET(paths.Look, d.look)
	pages.POST(paths.Look, d.changeColour)
	pages.GET(paths.LookPreview, previewSheet)
	pages.POST(paths.Logo, d.putLogo)
	pages.POST(paths.LogoRemoval, d.removeLogo)
	pages.POST(paths.LogoRestoration, d.restoreLogo)
	pages.GET(paths.PublicAddress, d.publicAddress)
	pages.POST(paths.PublicAddress, d.changePublicAddress)
	pages.POST(paths.MessageTimes, d.changeMessageTimes)
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
