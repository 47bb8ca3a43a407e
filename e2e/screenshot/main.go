// Command screenshot takes the README's picture of the board: of the built program, in the demo business, once an offer is out and nothing
// moves any more.
//
//	go run ./e2e/screenshot [-language en-GB] bin/waitlist docs/board.png
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// patience is how long the whole of it may take.
const patience = 3 * time.Minute

func main() {
	language := flag.String("language", "en-GB", "what the visitor's browser asks for; its country decides the demo's zone and currency")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: screenshot [-language en-GB] PROGRAM FILE")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, patience)
	err := take(ctx, flag.Arg(0), flag.Arg(1), *language)
	cancel()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "screenshot:", err)
		os.Exit(1)
	}
}

func take(ctx context.Context, program, file, language string) (err error) {
	url, end, err := start(ctx, program)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	picture, err := board(ctx, url, language)
	if err != nil {
		return err
	}
	small, err := fewerColours(picture)
	if err != nil {
		return err
	}
	return os.WriteFile(file, small, 0o644)
}

// start runs the program on a spare port and in a data folder of its own until end is called. It returns when the program is ready.
func start(ctx context.Context, program string) (url string, end func() error, err error) {
	program, err = filepath.Abs(program)
	if err != nil {
		return "", nil, err
	}
	folder, err := os.MkdirTemp("", "waitlist-screenshot-")
	if err != nil {
		return "", nil, err
	}
	port, err := sparePort()
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(folder))
	}
	running, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(running, program)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	// In its own folder, so that no .env reaches it.
	cmd.Dir, cmd.Stderr = folder, os.Stderr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "PORT=" + port, "DATA_DIR=" + filepath.Join(folder, "data"), "LOG_LEVEL=warn"}
	if err := cmd.Start(); err != nil {
		cancel()
		return "", nil, errors.Join(err, os.RemoveAll(folder))
	}
	end = func() error {
		cancel()
		if err := cmd.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			return errors.Join(fmt.Errorf("the program ended badly: %w", err), os.RemoveAll(folder))
		}
		return os.RemoveAll(folder)
	}
	url = "http://localhost:" + port
	if err := ready(ctx, url); err != nil {
		return "", nil, errors.Join(err, end())
	}
	return url, end, nil
}

func sparePort() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), listener.Close()
}

// ready waits until the program says that it can serve.
func ready(ctx context.Context, url string) error {
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/api/health", nil)
		if err != nil {
			return err
		}
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for the program: %w", ctx.Err())
		case <-again.C:
		}
	}
}
