// Package sheet reads and writes lists as spreadsheet programs do: files of comma-separated values in whatever encoding and with whatever
// separator they come, and what people call their columns. It knows nothing of a business, and keeps nothing.
package sheet

// The bounds of a file.
const (
	MostBytes   = 5 << 20
	MostRows    = 10_000 // that hold anything, the names of the columns included
	MostColumns = 100
	mostCell    = 4000 // bytes; whoever needs more has another kind of file
	mostLines   = 60   // that one record spans: more is a quotation mark that is never closed
)
