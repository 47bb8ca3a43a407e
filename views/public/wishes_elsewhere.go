package public

import (
	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// WishesFields are the fields about people, days and times in a form of another door. ask may be nil.
func WishesFields(staff []waitlist.StaffChoice, ask *Asker, today rules.Date, form WishesForm, errs ui.Errors) templ.Component {
	return wishesFields(staff, ask, today, form, errs)
}
