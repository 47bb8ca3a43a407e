package apitest

import (
	"net/http"

	"github.com/your-org/waitlist-management/waitlist"
)

// furnishList gives the business a tag, somebody who is blocked, an act on many entries and an import.
func furnishList(f Furnished) {
	f.Known["tag_id"] = f.Add("/tags", map[string]any{"name": "Student", "colour": "blue"})
	f.Known["give_tag_id"] = f.Known["tag_id"]
	var blocked struct{ Blocks []struct{ ID string } }
	f.Post("/blocks", map[string]any{"name": "Eve", "email": "eve@example.org", "reason": "Shouts", "entries": "leave"}).Want(http.StatusOK, &blocked)
	f.Known["block_id"] = blocked.Blocks[0].ID
	f.Known["list_act_id"] = f.Add("/list-acts", map[string]any{"act": "tag", "tag_id": f.Known["tag_id"], "entry_ids": []string{f.Known["entry_id"]}})
	f.Known["import_id"] = f.Upload("Name,Email,Service\nLin,lin@example.org,Haircut\nNobody,nowhere,Haircut\n")
}

// Upload uploads a list and gives the import's id.
func (s *Site) Upload(file string) string {
	s.T.Helper()
	var made struct{ ID string }
	s.Send(Request{Method: http.MethodPost, Path: "/imports", Body: file, Header: map[string]string{"Content-Type": "text/csv"}}).Want(http.StatusCreated, &made)
	return made.ID
}

var ofEntries = map[string]func(Furnished){
	"restoreEntry": func(f Furnished) { f.Delete("/entries/"+f.Known["entry_id"]).Want(http.StatusNoContent, nil) },
	"confirmEntry": func(f Furnished) {
		f.Known["entry_id"] = f.Join("Ida", "ida@example.org", f.Known["service_id"], waitlist.Wishes{}).Entry
	},
	"restoreTag":  func(f Furnished) { f.Delete("/tags/"+f.Known["tag_id"]).Want(http.StatusNoContent, nil) },
	"startImport": mapped,
	"undoImport": func(f Furnished) {
		mapped(f)
		f.Post("/imports/"+f.Known["import_id"]+"/start", map[string]any{"consented": true}).Want(http.StatusOK, nil)
		_, err := f.W.RunImports(f.Context())
		f.check(err)
	},
}

// mapped says what the columns of the import hold.
func mapped(f Furnished) {
	f.T.Helper()
	f.Put("/imports/"+f.Known["import_id"]+"/mapping", map[string]any{
		"columns": []string{"name", "email", "service"}, "head": true, "day_first": true, "service_id": nil,
	}).Want(http.StatusOK, nil)
}
