package email_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/views/email"
	"github.com/your-org/waitlist-management/waitlist"
)

// post serves each letter of a business with everything: a long name, a signature, a colour of its own, all ways to be reached.
func post(t *testing.T) (server *httptest.Server, kinds []string) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	about := waitlist.Example{
		Business: waitlist.Business{
			Slug: "studio-nord", Name: "Studio Nord – Friseur & Farbe", Zone: zone, Currency: "EUR", Locale: "de", Address: "Torgasse 12, 10115 Berlin",
			Phone: "+4930901820", Email: "hallo@studio-nord.example", Website: "https://studio-nord.example", Look: waitlist.Look{Colour: "#0f766e"},
		},
		Service: waitlist.ServiceChoice{
			Name: "Waschen, Schneiden, Föhnen", Duration: 45 * time.Minute, Staff: []waitlist.StaffChoice{{Name: "Mia"}},
			Price: waitlist.Price{Kind: rules.PriceAmount, Minor: 6450, Currency: "EUR"},
		},
		Now: time.Date(2027, 3, 1, 9, 0, 0, 0, zone),
	}
	letters := map[string]email.Letter{}
	for _, l := range []i18n.Locale{i18n.For("en"), i18n.For("de")} {
		on := email.Paper{Locale: l, Base: "https://wait.example", Signature: "Herzliche Grüße\nIhr Team vom Studio Nord"}
		for _, k := range templates.Kinds() {
			letter, known := email.Sample(on, k, about)
			if !known {
				t.Errorf("%s has words and no letter to show them in", k)
			}
			letters[string(k)+"."+l.Language()] = letter
		}
		to := email.Login{Locale: l, Name: "Nora", Zone: zone, Base: "https://wait.example"}
		letters["invitation."+l.Language()] = email.Invitation(to, "Studio Nord", "staff", paths.Invitation("token"), about.Now.Add(time.Hour))
		letters["password_link."+l.Language()] = email.PasswordLink(to, paths.NewPassword("token"), about.Now.Add(time.Hour))
	}
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := letters[r.URL.Query().Get("letter")].HTML(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(text))
	}))
	t.Cleanup(server.Close)
	for name := range letters {
		kinds = append(kinds, name)
	}
	return server, kinds
}

// Each letter on the narrowest screen; with SCREENSHOTS on all of them.
func TestEveryLetterSuitsEveryScreen(t *testing.T) {
	server, kinds := post(t)
	screens := map[string]browser.Screen{"phone": browser.Phone}
	if os.Getenv("SCREENSHOTS") != "" {
		wide := browser.Screen{Width: 800, Height: 900}
		screens["phone-dark"], screens["desktop"], screens["desktop-dark"] = browser.Phone.InTheDark(), wide, wide.InTheDark()
	}
	b := browser.Start(t)
	for name, screen := range screens {
		page := b.Open(t, screen, server.URL+"/?letter="+kinds[0])
		for _, kind := range kinds {
			page.Go(server.URL + "/?letter=" + url.QueryEscape(kind))
			page.Picture("email-" + kind + "-" + name)
			page.Fits()
		}
		page.Accessible()
	}
}
