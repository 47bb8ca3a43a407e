package sim

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

// do is somebody doing what they meant to. The error is errLater or errGone where a page did not let them.
func (p *people) do(ctx context.Context, phone phone, a appointment) error {
	if a.deed == nothing {
		return nil
	}
	shown, err := phone.open(ctx, a.path)
	if err != nil {
		return err
	}
	switch a.deed {
	case confirm:
		_, err = shown.press(ctx, `form[action$="/confirmation"]`, "button", nil)
	case accept:
		shown, err = shown.press(ctx, `form[action$="/acceptance"]`, "button", nil)
		if err == nil && shown.Find(`a[href$="/event.ics"]`).Length() > 0 {
			a.who.waits = false
		}
	case decline:
		_, err = shown.press(ctx, `form[action$="/decline"]`, `button[value="keep"]`, nil)
	case declineLeave:
		_, err = shown.press(ctx, `form[action$="/decline"]`, `button[value="leave"]`, nil)
		a.who.waits = a.who.waits && err != nil
	case leave:
		err = p.leave(ctx, shown, a.who)
	case pause:
		if _, err = shown.press(ctx, `form[action$="/pause"]`, "button", nil); err == nil {
			p.means(appointment{who: a.who, deed: comeBack, path: a.path}, pauseLasts)
		}
	case comeBack:
		_, err = shown.press(ctx, `form[action$="/return"]`, "button", nil)
	case look:
		// Whose wait is over sees only the way to join again.
		a.who.waits = shown.Find(`a[href$="/leaving"], form[action$="/confirmation"]`).Length() > 0
	case rethink:
		err = p.rethink(ctx, shown)
	case cancel, cancelWait:
		err = p.cancel(ctx, shown, a)
	case join:
		err = p.join(ctx, shown, a.who)
	}
	return err
}

func (p *people) leave(ctx context.Context, shown page, who *person) error {
	question, err := shown.follow(ctx, `a[href$="/leaving"]`)
	if err != nil {
		return err
	}
	if _, err = question.press(ctx, `form[action$="/leaving"]`, "button", nil); err == nil {
		who.waits = false
	}
	return err
}

// rethink is somebody who needs more or less time to get there.
func (p *people) rethink(ctx context.Context, shown page) error {
	form, err := shown.follow(ctx, `a[href$="/wishes"]`)
	if err != nil {
		return err
	}
	notices := form.Find(`select[name="notice"] option`)
	if notices.Length() == 0 {
		return errGone
	}
	notice := notices.Eq(p.random.IntN(min(3, notices.Length()))).AttrOr("value", "0")
	_, err = form.press(ctx, `form[action$="/wishes"]`, "button.wl-btn-primary", url.Values{"notice": {notice}})
	return err
}

// cancel is somebody who can't come. Whose appointment is past or gone finds no way to, and thinks of it no more.
func (p *people) cancel(ctx context.Context, shown page, a appointment) error {
	question, err := shown.follow(ctx, `a[href$="/cancellation"]`)
	if err == nil {
		shown, err = question.press(ctx, `form[action$="/cancellation"]`, "button", nil)
	}
	if errors.Is(err, errLater) || ctx.Err() != nil {
		return err
	}
	if a.who.booking == a.path {
		a.who.booking, a.who.starts = "", ""
	}
	if err != nil || a.deed != cancelWait {
		return err
	}
	if _, err = shown.press(ctx, `form[action$="/wait"]`, "button", nil); err == nil {
		a.who.waits = a.who.entry != ""
	}
	return err
}

// join is somebody at the public page, who wants one of the services, some with one staff member rather than another, some at some times.
func (p *people) join(ctx context.Context, shown page, who *person) error {
	services := shown.Find(`form#join input[name="service"]`)
	if services.Length() == 0 {
		return errGone
	}
	typed := url.Values{
		"service": {services.Eq(p.random.IntN(services.Length())).AttrOr("value", "")},
		"name":    {who.name}, "email": {who.address}, "consent": {"on"},
	}
	switch staff := shown.Find(`form#join input[name="only_staff"]`); p.random.IntN(6) {
	case 0:
		if staff.Length() > 0 {
			typed["who"], typed["only_staff"] = []string{"only"}, []string{staff.Eq(p.random.IntN(staff.Length())).AttrOr("value", "")}
		}
	case 1:
		typed["when"], typed["windows"] = []string{"only"}, everyDay("afternoon", "evening")
	case 2:
		typed["notice"] = []string{"60"}
	}
	sent, err := shown.press(ctx, "form#join", "button.wl-btn-primary", typed)
	if err == nil && sent.status == 422 { // such as somebody who does not offer that
		_, err = sent.press(ctx, "form#join", "button.wl-btn-primary", url.Values{"who": {"any"}, "when": {"any"}, "only_staff": nil, "consent": {"on"}})
	}
	return err
}

// everyDay are the boxes of these parts on every day.
func everyDay(parts ...string) (boxes []string) {
	for day := range 7 {
		for _, part := range parts {
			boxes = append(boxes, fmt.Sprintf("%d-%s", day+1, part))
		}
	}
	return boxes
}
