// Package client is what a Go program needs to work with the API. All but this file is made of the API's document.
//
//	login := clientcredentials.Config{ClientID: id, ClientSecret: secret, TokenURL: "https://wait.example.com/api/v1/token"}
//	c, err := client.NewClient("https://wait.example.com/api/v1", client.WithHTTPClient(login.Client(ctx)))
//	services, err := client.Read[client.ServiceList](c.ListServices(ctx, nil))
package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// Error is an answer that is no success.
type Error struct {
	Status  int
	Problem Problem // its zero value when the answer was something else, such as that of a proxy
}

// Error says what is wrong.
func (e *Error) Error() string {
	if e.Problem.Detail != nil {
		return fmt.Sprintf("%d %s: %s", e.Status, e.Problem.Code, *e.Problem.Detail)
	}
	return fmt.Sprintf("%d %s", e.Status, e.Problem.Code)
}

// Code is the code of the problem that err is about; empty when it is about none.
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Problem.Code
	}
	return ""
}

// Read is what a call of the client gave. An answer without a body, 204, reads as the zero value of anything; answers that are no success
// are an *Error.
func Read[T any](answer *http.Response, err error) (value T, _ error) {
	if err != nil {
		return value, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return value, fmt.Errorf("reading an answer: %w", err)
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		e := &Error{Status: answer.StatusCode}
		_ = json.Unmarshal(body, &e.Problem) // whatever else it is says no more than the status
		return value, e
	}
	if len(body) == 0 {
		return value, nil
	}
	if err := json.Unmarshal(body, &value); err != nil {
		return value, fmt.Errorf("reading an answer: %w", err)
	}
	return value, nil
}
