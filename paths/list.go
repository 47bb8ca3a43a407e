package paths

// The owner's pages of the whole list. The list's own page takes the POST of a search, whose words stand sealed in the address that it
// leads to; its acts take the POST of what is to be done with many entries, first to show it and then to do it.
const (
	Waitlist     = "/admin/waitlist"
	WaitlistActs = "/admin/waitlist/acts"
	Tags         = "/admin/tags"

	WaitlistActRoute      = "/admin/waitlist/acts/:id"
	WaitlistActUndoRoute  = "/admin/waitlist/acts/:id/undoing"
	TagRoute              = "/admin/tags/:id"
	TagRemovalRoute       = "/admin/tags/:id/removal"
	TagRestorationRoute   = "/admin/tags/:id/restoration"
	CounterEntryNoteRoute = "/counter/entries/:id/note"
	CounterEntryTagsRoute = "/counter/entries/:id/tags"
)

// WaitlistAct is what was done with many entries, and how far it is.
func WaitlistAct(id string) string { return fill(WaitlistActRoute, id) }

// WaitlistActUndo takes the POST that undoes it.
func WaitlistActUndo(id string) string { return fill(WaitlistActUndoRoute, id) }

// Tag is one tag and its form.
func Tag(id string) string { return fill(TagRoute, id) }

// TagRemoval takes the POST that removes a tag.
func TagRemoval(id string) string { return fill(TagRemovalRoute, id) }

// TagRestoration takes the POST that brings a removed tag back.
func TagRestoration(id string) string { return fill(TagRestorationRoute, id) }

// CounterEntryNote takes the POST that changes an entry's note.
func CounterEntryNote(id string) string { return fill(CounterEntryNoteRoute, id) }

// CounterEntryTags takes the POST that gives tags to an entry's customer and takes them.
func CounterEntryTags(id string) string { return fill(CounterEntryTagsRoute, id) }
