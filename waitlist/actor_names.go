package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
)

// actorNames are what users and API keys are called now. Whoever can't be named any more has no name.
type actorNames map[audit.By]string

// namesOf reads the names of actors; of customers and the program there are none.
func (w *Waitlist) namesOf(ctx context.Context, tenantID int64, actors []audit.By) (actorNames, error) {
	var users, keys []int64
	for _, by := range actors {
		switch by.Kind {
		case audit.User:
			users = append(users, by.ID)
		case audit.Key:
			keys = append(keys, by.ID)
		}
	}
	names := actorNames{}
	called, err := w.userNames(ctx, users)
	if err != nil {
		return nil, err
	}
	for id, name := range called {
		names[audit.ByUser(id)] = name
	}
	if len(keys) == 0 {
		return names, nil
	}
	rows, err := w.db.APIKeyNames(ctx, db.APIKeyNamesParams{TenantID: tenantID, Ids: keys})
	for _, row := range rows {
		names[audit.ByKey(row.ID)] = row.Name
	}
	return names, db.Down(wrap(err, "reading the names of API keys"))
}

// actorNames reads the names of those who acted in lines of the audit trail.
func (w *Waitlist) actorNames(ctx context.Context, tenantID int64, lines []db.AuditEntry) (actorNames, error) {
	var actors []audit.By
	for _, line := range lines {
		if line.ActorID != nil {
			actors = append(actors, audit.By{Kind: audit.Actor(line.Actor), ID: *line.ActorID})
		}
	}
	return w.namesOf(ctx, tenantID, actors)
}

// of is the name of whoever acted in a line; "" where there is none.
func (n actorNames) of(line db.AuditEntry) string {
	if line.ActorID == nil {
		return ""
	}
	return n[audit.By{Kind: audit.Actor(line.Actor), ID: *line.ActorID}]
}
