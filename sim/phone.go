package sim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// phone is what a customer opens pages with. It keeps no cookies: a link is all that they have.
type phone struct {
	client *http.Client
	door   string // where the program listens
}

func newPhone(door string) phone {
	elsewhere := func(r *http.Request, via []*http.Request) error {
		if r.URL.Host != via[0].URL.Host || len(via) > 5 {
			return http.ErrUseLastResponse
		}
		return nil
	}
	// Idle connections would keep the program from ending.
	transport := &http.Transport{MaxIdleConnsPerHost: 2, IdleConnTimeout: 5 * time.Second}
	return phone{client: &http.Client{Timeout: 10 * time.Second, CheckRedirect: elsewhere, Transport: transport}, door: door}
}

var (
	// errLater is a page that can't be had at the moment: try again.
	errLater = errors.New("the page is not there at the moment")
	// errGone is a page without what one looked for: give up.
	errGone = errors.New("the page no longer offers that")
)

// page is what a phone shows.
type page struct {
	*goquery.Document
	phone  phone
	status int
}

// open shows a page of the program. The error is errLater where another try makes sense.
func (p phone) open(ctx context.Context, path string) (page, error) {
	return p.ask(ctx, http.MethodGet, path, nil)
}

func (p phone) ask(ctx context.Context, method, path string, form url.Values) (page, error) {
	r, err := http.NewRequestWithContext(ctx, method, p.door+path, strings.NewReader(form.Encode()))
	if err != nil {
		return page{}, fmt.Errorf("asking for a page: %w", err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := p.client.Do(r)
	if ctx.Err() != nil {
		return page{}, ctx.Err()
	}
	if err != nil {
		return page{}, errLater // the address in err holds a token
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= 500 {
		return page{}, errLater
	}
	document, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		return page{}, errLater
	}
	return page{document, p, answer.StatusCode}, nil
}

// follow opens what a link leads to.
func (p page) follow(ctx context.Context, link string) (page, error) {
	href, ok := p.Find(link).Attr("href")
	if !ok || !strings.HasPrefix(href, "/") {
		return page{}, errGone
	}
	return p.phone.open(ctx, href)
}

// press sends a form as the page has it, with what was typed, by the button found in it.
func (p page) press(ctx context.Context, form, button string, typed url.Values) (page, error) {
	f := p.Find(form).First()
	b := f.Find(button).First()
	action, ok := f.Attr("action")
	if !ok || b.Length() == 0 || !strings.HasPrefix(action, "/") {
		return page{}, errGone
	}
	values := fields(f)
	for name, value := range typed {
		values[name] = value
	}
	if name := b.AttrOr("name", ""); name != "" {
		values.Set(name, b.AttrOr("value", ""))
	}
	return p.phone.ask(ctx, http.MethodPost, action, values)
}

// fields are what a browser would send of a form that nobody touched.
func fields(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, field *goquery.Selection) {
		name, value := field.AttrOr("name", ""), field.AttrOr("value", "")
		_, checked := field.Attr("checked")
		switch kind := field.AttrOr("type", "text"); {
		case goquery.NodeName(field) == "select":
			chosen := field.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = field.Find("option").First()
			}
			value = chosen.AttrOr("value", "")
		case goquery.NodeName(field) == "textarea":
			value = field.Text()
		case kind == "submit" || kind == "button" || kind == "image":
			return
		case (kind == "checkbox" || kind == "radio") && !checked:
			return
		}
		values.Add(name, value)
	})
	return values
}
