package paths

import "strconv"

// Where a business brings its list and takes it away, and says who may join.
const (
	ListImport = "/admin/waitlist/import"
	ListExport = "/admin/waitlist/export"
	Joining    = "/admin/joining"
	Blocks     = "/admin/blocks"

	ListImportRoute             = "/admin/waitlist/import/:id"
	ListImportMappingRoute      = "/admin/waitlist/import/:id/mapping"
	ListImportStartRoute        = "/admin/waitlist/import/:id/start"
	ListImportCancellationRoute = "/admin/waitlist/import/:id/cancellation"
	ListImportUndoingRoute      = "/admin/waitlist/import/:id/undoing"
	ListImportBadRoute          = "/admin/waitlist/import/:id/bad.csv"
	BlockRemovalRoute           = "/admin/blocks/:id/removal"

	CustomerBlockRoute           = "/counter/customers/:id/block"
	CounterEntryRestorationRoute = "/counter/entries/:id/restoration"
	CounterEntryStayRoute        = "/counter/entries/:id/stay"

	EntryStayRoute = "/w/:token/stay"
)

// ListImportOf is one import, however far it has come.
func ListImportOf(id string) string { return fill(ListImportRoute, id) }

// ListImportBehind is one import with the bad rows behind a line of its file.
func ListImportBehind(id string, line int) string {
	return ListImportOf(id) + "?after=" + strconv.Itoa(line)
}

// ListImportMapping is the form of what the columns are, and takes its POST.
func ListImportMapping(id string) string { return fill(ListImportMappingRoute, id) }

// ListImportStart takes the POST that puts the good rows on the list.
func ListImportStart(id string) string { return fill(ListImportStartRoute, id) }

// ListImportCancellation takes the POST that gives an import up.
func ListImportCancellation(id string) string { return fill(ListImportCancellationRoute, id) }

// ListImportUndoing takes the POST that takes imported entries off the list.
func ListImportUndoing(id string) string { return fill(ListImportUndoingRoute, id) }

// ListImportBad is the file of the rows to mend.
func ListImportBad(id string) string { return fill(ListImportBadRoute, id) }

// BlockRemoval takes the POST that takes a person again.
func BlockRemoval(id string) string { return fill(BlockRemovalRoute, id) }

// CustomerBlock shows what blocking a customer does, and takes its POST.
func CustomerBlock(id string) string { return fill(CustomerBlockRoute, id) }

// CounterEntryRestoration takes the POST that brings an entry back.
func CounterEntryRestoration(id string) string { return fill(CounterEntryRestorationRoute, id) }

// CounterEntryStay takes the POST that says the customer still waits.
func CounterEntryStay(id string) string { return fill(CounterEntryStayRoute, id) }

// EntryStay takes the customer's POST that they still wait.
func EntryStay(token string) string { return fill(EntryStayRoute, token) }
