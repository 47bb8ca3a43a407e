package live

import (
	"io"
	"net/http"
	"time"
)

const (
	pingEvery   = 15 * time.Second // the page calls a stream dead that is silent for 40 s
	streamMost  = time.Hour        // then the page asks for it again, and has to be logged in still
	writeWithin = 10 * time.Second // a tablet that takes nothing for so long is gone
)

// Stream tells a page of each change of a business, as server-sent events, until it goes away, End is called, or an hour has passed.
// The event "board" says that it should look again, "ping" that the stream is alive; neither says more. w must be able to flush.
func (b *Boards) Stream(w http.ResponseWriter, r *http.Request, tenantID int64) {
	changes, stop := b.Follow(tenantID)
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy that collects an answer before it passes it on would hold everything back
	ping, most := time.NewTicker(pingEvery), time.NewTimer(streamMost)
	defer ping.Stop()
	defer most.Stop()
	for event := "ping"; send(w, event) == nil; {
		select {
		case <-changes:
			event = "board"
		case <-ping.C:
			event = "ping"
		case <-most.C:
			return
		case <-b.ended:
			return
		case <-r.Context().Done():
			return
		}
	}
}

func send(w http.ResponseWriter, event string) error {
	control := http.NewResponseController(w)
	if err := control.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "event: "+event+"\ndata:\n\n"); err != nil {
		return err
	}
	return control.Flush()
}
