package sendgridtest

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// answering takes a letter at the moment that a good answer begins, so that nobody hears of it sooner than it is so.
type answering struct {
	http.ResponseWriter
	took func()
}

func (a *answering) WriteHeader(code int) {
	if code >= 200 && code < 300 {
		a.took()
	}
	a.ResponseWriter.WriteHeader(code)
}

// Unwrap lets the connection be reached.
func (a *answering) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Status answers with a status and, where that is none of success, a text that nobody should repeat.
func Status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		if code >= 300 {
			_, _ = io.WriteString(w, `{"errors":[{"message":"canary-answer"}]}`)
		}
	}
}

// Limited answers 429 and asks to be left alone until a moment.
func Limited(until time.Time) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(until.Unix(), 10))
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

// Hang takes the request, not the letter, and never answers.
func Hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// Cut takes the request, not the letter, and cuts the connection.
func Cut(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

// Lost takes the letter and cuts the connection before the answer.
func Lost(w http.ResponseWriter, r *http.Request) {
	w.(*answering).took()
	Cut(w, r)
}

// LostInTime takes the letter, and its answer never comes.
func LostInTime(w http.ResponseWriter, r *http.Request) {
	w.(*answering).took()
	Hang(w, r)
}
