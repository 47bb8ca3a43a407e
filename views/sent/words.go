// Package sent holds the owner's pages of what was sent and of who is not written to.
package sent

import (
	"context"
	"net/url"
	"strings"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }

// KindText names a kind of message; one of a newer program is "another message".
func KindText(ctx context.Context, kind string) string {
	for _, known := range waitlist.MessageKinds() {
		if kind == known {
			return t(ctx, "outbox.kind."+kind)
		}
	}
	return t(ctx, "outbox.kind.unknown")
}

// OutcomeBadge is what became of a message.
func OutcomeBadge(ctx context.Context, o waitlist.Outcome) ui.Badge {
	tone := map[waitlist.Outcome]ui.Tone{
		waitlist.OutcomeWaiting: ui.Info, waitlist.OutcomeSent: ui.OK, waitlist.OutcomeDelivered: ui.OK, waitlist.OutcomeFailed: ui.Bad, waitlist.OutcomeUnclear: ui.Warn,
	}[o]
	return ui.Badge{Text: t(ctx, "outbox.state."+string(o)), Tone: tone}
}

// classes are the reasons that have words of their own; others are told by what they begin with, or as "another reason".
var classes = map[string]bool{
	"late": true, "over": true, "no_address": true, "suppressed": true, "taken": true,
	"bounced": true, "blocked": true, "dropped": true, "complained": true,
	"unclear": true, "unclear_again": true, "unreachable": true, "rate_limited": true, "key_refused": true, "quiet_hours": true, "limited": true, "day_limit": true,
	"relay_refused": true, "sender_refused": true, "no_tls": true, "tls_refused": true, "no_login": true, "busy": true, "unwritable": true,
	"bounced_once": true, "unsubscribed": true, "invalid": true, "spam_content": true, "over_package": true,
}

// ClassText is why a message failed, was not sent or waits, in words; empty when there is nothing to say.
func ClassText(ctx context.Context, class string) string {
	switch {
	case class == "":
		return ""
	case classes[class]:
		return t(ctx, "outbox.class."+class)
	case strings.HasPrefix(class, "rejected"):
		return t(ctx, "outbox.class.rejected")
	case strings.HasPrefix(class, "status"):
		return t(ctx, "outbox.class.status")
	}
	return t(ctx, "outbox.class.unknown")
}

// todo is what a person can do about a message that did not arrive; empty: nothing need be done.
func todo(ctx context.Context, d waitlist.MessageDetail) string {
	switch {
	case d.Outcome != waitlist.OutcomeFailed && d.Outcome != waitlist.OutcomeUnclear && d.Outcome != waitlist.OutcomeNotSent:
		return ""
	case d.Refused != "":
		return t(ctx, "outbox.again."+string(d.Refused))
	case d.Outcome == waitlist.OutcomeUnclear:
		return t(ctx, "outbox.todo.unclear")
	}
	return t(ctx, "outbox.todo.again")
}

// general is what was refused of no field in particular.
func general(errs ui.Errors) string { return errs.For("") }

// own are the errors of these fields.
func own(errs ui.Errors, fields ...string) ui.Errors {
	var list ui.Errors
	for _, e := range errs {
		for _, name := range fields {
			if e.Name == name {
				list = append(list, e)
			}
		}
	}
	return list
}

func withQuery(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Path is the page of the messages that f asks for.
func Path(f waitlist.MessageFilter) string { return withQuery(paths.MessagesSent, f.Values()) }

func older(p waitlist.MessagePage, f waitlist.MessageFilter) string {
	if p.Older == "" {
		return ""
	}
	f.Older, f.Newer = p.Older, ""
	return Path(f)
}

func newer(p waitlist.MessagePage, f waitlist.MessageFilter) string {
	if p.Newer == "" {
		return ""
	}
	f.Older, f.Newer = "", p.Newer
	return Path(f)
}
