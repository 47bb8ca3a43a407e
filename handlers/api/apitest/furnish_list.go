package apitest

import (
	"net/http"

	"github.com/your-org/waitlist-management/waitlist"
)

var ofEntries = map[string]func(Furnished){
	"restoreEntry": func(f Furnished) { f.Delete("/entries/"+f.Known["entry_id"]).Want(http.StatusNoContent, nil) },
	"confirmEntry": func(f Furnished) {
		f.Known["entry_id"] = f.Join("Ida", "ida@example.org", f.Known["service_id"], waitlist.Wishes{}).Entry
	},
}
