package mail

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Sender hands messages on.
type Sender interface {
	// Send returns nil once the message is accepted, which is not yet delivered. Any error is a *Failure.
	Send(ctx context.Context, m Message) error
	// Check returns nil when sending would probably work now. It sends nothing. Any error is a *Failure.
	Check(ctx context.Context) error
}

// Outcome is what is known about a message that was not accepted.
type Outcome int

const (
	Later    Outcome = iota + 1 // not accepted; it may be later
	Rejected                    // not accepted, and never will be
	Unclear                     // handed over, but whether it was accepted is not known
)

// Failure says why a message was not accepted. Its text never holds an address or anything the provider answered.
type Failure struct {
	Outcome Outcome
	Class   string        // at most 32 ASCII characters, kept with the message
	Wait    time.Duration // how long the provider asks to be left alone; 0: it didn't say
	Answer  int           // the code of the provider's answer; 0: there was none
	cause   error
}

func (f *Failure) Error() string {
	if f.Answer != 0 {
		return fmt.Sprintf("handing a message over: %s: answered %d", f.Class, f.Answer)
	}
	if f.cause == nil {
		return "handing a message over: " + f.Class
	}
	return fmt.Sprintf("handing a message over: %s: %v", f.Class, f.cause)
}

func (f *Failure) Unwrap() error { return f.cause }

// failureOf reads a sender's error. One that is no Failure says nothing about what happened.
func failureOf(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Outcome: Unclear, Class: "unclear", cause: err}
}
