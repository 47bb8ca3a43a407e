// Package mailbox shows the emails that stay on this machine.
package mailbox

import "time"

// Line is an email in the list.
type Line struct {
	ID      string
	Subject string
	To      string
	At      time.Time // in the zone it is shown in
}

// Email is one email, whole.
type Email struct {
	Line
	From  string
	Text  string
	Files []string // names of what came with it
}
