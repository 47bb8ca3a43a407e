package sim

import (
	"context"
	"regexp"
	"strings"

	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/problem"
)

// readMail reads what has come since, the oldest first.
func (p *people) readMail(ctx context.Context, business int64) error {
	ids, err := p.mailbox.IDs()
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(ids))
	for i := len(ids) - 1; i >= 0; i-- {
		there[ids[i]] = true
		if p.read[ids[i]] {
			continue
		}
		letter, err := p.mailbox.Open(ids[i])
		if err != nil { // gone meanwhile, or unreadable: a person would shrug
			p.read[ids[i]] = true
			continue
		}
		if err := p.receive(ctx, business, letter); err != nil {
			return err
		}
		p.read[ids[i]] = true
	}
	for id := range p.read {
		if !there[id] {
			delete(p.read, id)
		}
	}
	return nil
}

// links are the ways into the program that a letter shows, by the first part of their paths. A base address's own path is left out, as the
// proxy does that it is there for.
func (p *people) links(text string) map[string]string {
	links := map[string]string{}
	for line := range strings.Lines(text) {
		path, ours := strings.CutPrefix(strings.TrimSpace(line), p.base.Abs(""))
		if kind, _, ok := strings.Cut(path, "/"); ours && ok && links[kind] == "" {
			links[kind] = "/" + path
		}
	}
	return links
}

// The first parts of the paths in letters.
const (
	offerLink   = "o"
	entryLink   = "w"
	bookingLink = "v"
)

// receive makes somebody's plan about a letter. Letters to people who are not of the demo, or of another business, are none of theirs.
func (p *people) receive(ctx context.Context, business int64, letter mail.Kept) error {
	links := p.links(letter.Text)
	if !strings.HasSuffix(letter.To, domain) {
		return nil
	}
	ours, err := p.ours(ctx, business, links)
	if err != nil || !ours {
		return err
	}
	who := p.known[letter.To]
	if who == nil {
		who = &person{name: letter.ToName, address: letter.To}
		p.known[who.address] = who
	}
	who.letters++
	if entry := links[entryLink]; entry != "" {
		who.entry = entry
	}
	switch {
	case links[offerLink] != "":
		who.waits = true
		deed, after := plan(p.seed, offered, who.about("offer"))
		path := links[offerLink]
		if deed == leave {
			path = who.entry
		}
		p.means(appointment{who: who, deed: deed, path: path}, after)
	case links[bookingLink] != "":
		if at := starts(letter); at != "" { // not a reminder of it, nor a thank-you
			who.booking, who.starts = links[bookingLink], at
		}
	case links[entryLink] != "":
		if !who.waits {
			who.waits, who.since = true, p.now
		}
		deed, after := plan(p.seed, joined, who.about("join"))
		p.means(appointment{who: who, deed: deed, path: who.entry}, after)
	}
	return nil
}

// ours tells whether a letter's links lead to the demo business.
func (p *people) ours(ctx context.Context, business int64, links map[string]string) (bool, error) {
	var tenant int64
	var err error
	token := func(kind string) string { return strings.Split(links[kind], "/")[2] }
	switch {
	case links[offerLink] != "":
		page, e := p.waitlist.OfferPage(ctx, token(offerLink))
		tenant, err = page.Business.TenantID, e
	case links[bookingLink] != "":
		page, e := p.waitlist.BookingPage(ctx, token(bookingLink))
		tenant, err = page.Business.TenantID, e
	case links[entryLink] != "":
		page, e := p.waitlist.EntryPage(ctx, token(entryLink))
		tenant, err = page.Business.TenantID, e
	}
	if problem.KindOf(err) == problem.NotFound {
		return false, nil
	}
	return tenant == business, err
}

var startLine = regexp.MustCompile(`(?m)^DTSTART[^:\r\n]*:(\S+)`)

// starts is when the appointment of a letter begins, as the calendar file writes it that came along.
func starts(letter mail.Kept) string {
	for _, file := range letter.Attachments {
		if found := startLine.FindSubmatch(file.Content); found != nil {
			return string(found[1])
		}
	}
	return ""
}
