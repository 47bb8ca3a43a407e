package paths

import (
	"net/url"
	"strconv"
)

// What belongs to services, hours and closures beside their own pages.
const (
	Categories = "/admin/categories"
	Holidays   = "/admin/holidays"

	CategoryRoute        = "/admin/categories/:id"
	CategoryPlaceRoute   = "/admin/categories/:id/place"
	CategoryRemovalRoute = "/admin/categories/:id/removal"
	ServicePlaceRoute    = "/admin/services/:id/place"
)

// Category is one category and its form.
func Category(id string) string { return fill(CategoryRoute, id) }

// CategoryPlace takes the POST that puts a category elsewhere in the order.
func CategoryPlace(id string) string { return fill(CategoryPlaceRoute, id) }

// CategoryRemoval takes the POST that removes a category.
func CategoryRemoval(id string) string { return fill(CategoryRemovalRoute, id) }

// ServicePlace takes the POST that puts a service elsewhere in its category.
func ServicePlace(id string) string { return fill(ServicePlaceRoute, id) }

// At is one of the two above with the place in it, 0 the first.
func At(path string, place int) string { return path + "?place=" + strconv.Itoa(place) }

// NewClosureOf is the form for a staff member's time off.
func NewClosureOf(staffMember string) string {
	return NewClosure + "?" + url.Values{"staff_member": {staffMember}}.Encode()
}
