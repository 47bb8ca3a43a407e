package admin

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/ui"
)

// expiresSoon is how long before its end a key says so.
const expiresSoon = 14 * 24 * time.Hour

// mayDo is what a key may do, in words: an area at a time.
func mayDo(ctx context.Context, scopes rules.Scopes) string {
	var areas []string
	acts := map[string][]string{}
	for _, scope := range scopes {
		if acts[scope.Area()] == nil {
			areas = append(areas, scope.Area())
		}
		acts[scope.Area()] = append(acts[scope.Area()], t(ctx, "keys.access."+scope.Access()))
	}
	for i, area := range areas {
		areas[i] = t(ctx, "keys.line.may", "Area", t(ctx, "keys.area."+area), "Acts", strings.Join(acts[area], ", "))
	}
	return strings.Join(areas, " · ")
}

func scopeOptions(ctx context.Context, ticked []string) []ui.Option {
	var list []ui.Option
	set, _ := rules.ScopesOf(ticked...)
	for _, scope := range rules.AllScopes() {
		list = append(list, ui.Option{
			Value: string(scope), Text: t(ctx, "keys.tick."+scope.Access()), Group: t(ctx, "keys.about."+scope.Area()), Chosen: set.Has(scope),
		})
	}
	return list
}

func lastOptions(ctx context.Context, chosen string) []ui.Option {
	var list []ui.Option
	for _, days := range accounts.KeyLasts() {
		list = append(list, ui.Option{Value: strconv.Itoa(days), Text: t(ctx, "keys.new.days", "Count", days)})
	}
	list = append(list, ui.Option{Value: accounts.ExpiresOn, Text: t(ctx, "keys.new.on")}, ui.Option{Value: accounts.ExpiresNever, Text: t(ctx, "keys.new.never")})
	for i := range list {
		list[i].Chosen = list[i].Value == chosen
	}
	return list
}

var graceWords = map[int]string{0: "now", 1: "day", 7: "week"}

func graceOptions(ctx context.Context, chosen string) []ui.Option {
	var list []ui.Option
	for _, days := range accounts.KeyGraces() {
		value := strconv.Itoa(days)
		list = append(list, ui.Option{
			Value: value, Text: t(ctx, "keys.rotate."+graceWords[days]+".text"), Hint: t(ctx, "keys.rotate."+graceWords[days]+".hint"), Chosen: value == chosen,
		})
	}
	return list
}

// keyBadge is the state of a key in a word; a live one that is as it should be says nothing.
func keyBadge(ctx context.Context, k accounts.KeyLine, now time.Time) (badge ui.Badge, shown bool) {
	switch {
	case k.State == accounts.KeyRevoked:
		return ui.Badge{Text: t(ctx, "keys.state.revoked")}, true
	case k.State == accounts.KeyExpired:
		return ui.Badge{Text: t(ctx, "keys.state.expired")}, true
	case k.ExpiresAt != nil && k.ExpiresAt.Sub(now) < expiresSoon:
		return ui.Badge{Text: t(ctx, "keys.state.soon"), Tone: ui.Warn}, true
	case k.OldUntil != nil:
		return ui.Badge{Text: t(ctx, "keys.state.old"), Tone: ui.Info}, true
	}
	return badge, false
}

func keyWhen(ctx context.Context, at, now time.Time, zone *time.Location) string {
	return i18n.From(ctx).DayAndTime(at.In(zone), now.In(zone))
}

// keyDay is the last day on which a key is good.
func keyDay(ctx context.Context, end time.Time, zone *time.Location) string {
	return i18n.From(ctx).ShortDate(end.In(zone).Add(-time.Microsecond))
}

func madeBy(ctx context.Context, k accounts.KeyLine, zone *time.Location) string {
	day := i18n.From(ctx).ShortDate(k.MadeAt.In(zone))
	if k.Maker == "" {
		return t(ctx, "keys.line.made_gone", "When", day)
	}
	return t(ctx, "keys.line.made", "Name", k.Maker, "When", day)
}

// makerLeft says that whoever made the key, and may know its secret, is gone.
func makerLeft(ctx context.Context, k accounts.KeyLine) string {
	if k.Maker == "" {
		return t(ctx, "keys.line.left_unnamed")
	}
	return t(ctx, "keys.line.left", "Name", k.Maker)
}

func lastUse(ctx context.Context, k accounts.KeyLine, now time.Time, zone *time.Location) string {
	if k.UsedAt == nil {
		return t(ctx, "keys.line.unused")
	}
	return t(ctx, "keys.line.used", "When", keyWhen(ctx, *k.UsedAt, now, zone))
}

func keyEnd(ctx context.Context, k accounts.KeyLine, now time.Time, zone *time.Location) string {
	switch {
	case k.RevokedAt != nil:
		return t(ctx, "keys.line.revoked", "When", keyWhen(ctx, *k.RevokedAt, now, zone))
	case k.ExpiresAt == nil:
		return t(ctx, "keys.line.forever")
	case k.State == accounts.KeyExpired:
		return t(ctx, "keys.line.expired", "Date", keyDay(ctx, *k.ExpiresAt, zone))
	}
	return t(ctx, "keys.line.expires", "Date", keyDay(ctx, *k.ExpiresAt, zone))
}

// keyFacts are what is known of a key.
func keyFacts(ctx context.Context, k accounts.KeyPage) ui.Facts {
	when := func(at time.Time) string { return keyWhen(ctx, at, k.Now, k.Zone) }
	made := i18n.From(ctx).ShortDate(k.MadeAt.In(k.Zone))
	if k.Maker != "" {
		made = t(ctx, "keys.page.made_by", "Name", k.Maker, "When", made)
	}
	end := keyEnd(ctx, k.KeyLine, k.Now, k.Zone)
	if k.RevokedAt != nil {
		end = when(*k.RevokedAt)
	}
	list := ui.Facts{
		{Label: t(ctx, "keys.page.state"), Text: t(ctx, "keys.state."+string(k.State)), Detail: end},
		{Label: t(ctx, "keys.page.made"), Text: made},
	}
	used := t(ctx, "keys.page.never")
	if k.UsedAt != nil {
		used = when(*k.UsedAt)
	}
	list = append(list, ui.Fact{Label: t(ctx, "keys.page.used"), Text: used})
	if k.RotatedAt != nil {
		list = append(list, ui.Fact{Label: t(ctx, "keys.page.rotated"), Text: when(*k.RotatedAt)})
	}
	return list
}

// tokenCall is a command that gets an access token. A secret of ours has no character that a shell would read.
func tokenCall(address, id, secret string) string {
	return "curl -u '" + id + ":" + secret + "' -d grant_type=client_credentials " + address
}
