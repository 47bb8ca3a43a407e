package counter

import (
	"context"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/icon"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

type waitlistTag = waitlist.Tag

// borne are the ids of the tags that the customer bears.
func (e Entry) borne() string {
	ids := make([]string, len(e.File.Tags))
	for i, tag := range e.File.Tags {
		ids[i] = tag.ID
	}
	return strings.Join(ids, " ")
}

// back is where one came from: the owner's list, or the board.
func (e Entry) back() string {
	switch {
	case e.FromList && e.List != "":
		return paths.Waitlist + "?" + e.List
	case e.FromList:
		return paths.Waitlist
	}
	return paths.Counter
}

func (e Entry) backText(ctx context.Context) string {
	if e.FromList {
		return t(ctx, "common.nav.waitlist")
	}
	return t(ctx, "common.nav.board")
}

// noteErrors are the errors that belong to the form of the note, a conflict among them.
func noteErrors(errs ui.Errors) ui.Errors {
	var own ui.Errors
	for _, e := range errs {
		if e.Name == "note" || e.Name == "" {
			own = append(own, e)
		}
	}
	return own
}

func historyIcon(h waitlist.EntryEvent) icon.Name {
	switch h.What {
	case "join", "add", "restore", "again":
		return icon.UserPlus
	case "confirm":
		return icon.MailCheck
	case "pause":
		return icon.Pause
	case "return":
		return icon.Play
	case "priority":
		return icon.Star
	case "wishes":
		return icon.Heart
	case "note":
		return icon.MessageSquare
	case "offer":
		return icon.Send
	case "offer_accepted", "stay":
		return icon.Check
	case "leave", "remove":
		return icon.UserX
	}
	return icon.TimerOff
}

func historyText(ctx context.Context, h waitlist.EntryEvent, now time.Time) string {
	switch {
	case h.What == "priority":
		return t(ctx, "list.history.priority", "Before", priorityName(ctx, h.Before), "After", priorityName(ctx, h.After))
	case h.Offer, strings.HasPrefix(h.What, "offer_"):
		return t(ctx, "list.history."+h.What, "When", when(ctx, h.Start, now, now.Location()))
	}
	return t(ctx, "list.history."+h.What)
}

// historyWho is who did it, and when.
func historyWho(ctx context.Context, h waitlist.EntryEvent, now time.Time) string {
	at := when(ctx, h.At, now, now.Location())
	switch {
	case h.By == "":
		return at
	case h.Name != "" && h.By == string(audit.Key):
		return t(ctx, "list.acts.by", "Name", t(ctx, "keys.actor", "Name", h.Name), "When", at)
	case h.Name != "":
		return t(ctx, "list.acts.by", "Name", h.Name, "When", at)
	}
	return t(ctx, "list.acts.by", "Name", t(ctx, "list.history.by."+h.By), "When", at)
}
