package rules

import "slices"

// ImportState is how far a list that a business brings has come.
type ImportState string

const (
	ImportStaged    ImportState = "staged"  // uploaded; nobody said yet what the columns are
	ImportChecked   ImportState = "checked" // each row is known to be good or not
	ImportRunning   ImportState = "running"
	ImportDone      ImportState = "done"
	ImportUndoing   ImportState = "undoing"
	ImportUndone    ImportState = "undone"
	ImportCancelled ImportState = "cancelled"
)

var importSteps = map[ImportState][]ImportState{
	"":            {ImportStaged},
	ImportStaged:  {ImportChecked, ImportCancelled},
	ImportChecked: {ImportChecked, ImportRunning, ImportCancelled},
	ImportRunning: {ImportDone},
	ImportDone:    {ImportUndoing},
	ImportUndoing: {ImportUndone},
}

func (s ImportState) MayBecome(to ImportState) bool { return slices.Contains(importSteps[s], to) }

// Open tells whether the file can still be read otherwise, or given up.
func (s ImportState) Open() bool { return s == ImportStaged || s == ImportChecked }

// AtWork tells whether the program is busy with it.
func (s ImportState) AtWork() bool { return s == ImportRunning || s == ImportUndoing }

// ImportRowState is what becomes of one line of an import.
type ImportRowState string

const (
	RowStaged  ImportRowState = "staged"
	RowHead    ImportRowState = "head" // the names of the columns
	RowGood    ImportRowState = "good"
	RowBad     ImportRowState = "bad"
	RowBlocked ImportRowState = "blocked" // the business blocked this person
	RowDouble  ImportRowState = "double"  // the same as an earlier line
	RowListed  ImportRowState = "listed"  // on the list already
	RowAdded   ImportRowState = "added"
	RowUndone  ImportRowState = "undone"
	RowKept    ImportRowState = "kept" // undoing left it, because something had become of the entry
)
