package business

import (
	"strconv"

	"github.com/your-org/waitlist-management/problem"
)

// madeFrom tells whether a form was made from this version of its row.
func madeFrom(typed string, version int) bool { return typed == strconv.Itoa(version) }

// stale says that somebody else saved meanwhile. The form's page shows what was typed with the version there is now, so that the next press saves.
func stale() error { return problem.New(problem.Conflict, "hours.bad.stale") }
