package live_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/live"
)

// tablet is a page that listens to the stream of business 7.
type tablet struct {
	t      *testing.T
	answer *http.Response
	lines  *bufio.Scanner
}

func listen(t *testing.T, url string) tablet {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return tablet{t, answer, bufio.NewScanner(answer.Body)}
}

// next is the name of the next event, or empty when the stream has ended.
func (l tablet) next() string {
	for l.lines.Scan() {
		if name, ok := strings.CutPrefix(l.lines.Text(), "event: "); ok {
			return name
		}
	}
	return ""
}

func streaming(t *testing.T) (*live.Boards, string) {
	t.Helper()
	b := instance(t, redistest.New(t).URL(), "")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.Stream(w, r, 7) }))
	t.Cleanup(server.Close)
	t.Cleanup(b.End)
	return b, server.URL
}

func TestAStreamSaysAtOnceThatItIsThereAndThenWhatChanged(t *testing.T) {
	b, url := streaming(t)
	first, second := listen(t, url), listen(t, url)
	if kind := first.answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("it is %q", kind)
	}
	for _, l := range []tablet{first, second} {
		if event := l.next(); event != "ping" {
			t.Fatalf("the first event is %q", event)
		}
	}
	b.Changed(8)
	b.Changed(7)
	for _, l := range []tablet{first, second} {
		if event := l.next(); event != "board" {
			t.Errorf("after a change comes %q", event)
		}
	}
}

func TestATabletThatWentAwayIsForgotten(t *testing.T) {
	b, url := streaming(t)
	l := listen(t, url)
	l.next()
	if n := b.Following(7); n != 1 {
		t.Fatalf("%d boards follow, want 1", n)
	}
	l.answer.Body.Close()
	for end := time.After(patience); b.Following(7) > 0; {
		select {
		case <-end:
			t.Fatal("it still follows")
		case <-time.After(time.Millisecond):
		}
	}
}

func TestEndEndsEveryStreamAndLetsNoneBegin(t *testing.T) {
	b, url := streaming(t)
	l := listen(t, url)
	l.next()
	b.End()
	b.End()
	if event := l.next(); event != "" {
		t.Errorf("after the end comes %q", event)
	}
	late := listen(t, url)
	late.next()
	if event := late.next(); event != "" {
		t.Errorf("a stream that began after the end goes on with %q", event)
	}
}
