package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// health is the container's health check: it succeeds when the program on this machine is ready.
func health(ctx context.Context, _ []string) error {
	c, err := load(nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/api/health", c.Port), nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err != nil {
		return err
	}
	fmt.Println(string(text))
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: status %d", answer.StatusCode)
	}
	return nil
}
