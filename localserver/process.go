package localserver

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// process is one server: started, restarted when it dies alone, and stopped.
type process struct {
	name    string
	path    string
	args    []string
	pidFile string
	logFile string
	ready   func(context.Context) error
	log     *slog.Logger

	mu       sync.Mutex
	running  *os.Process
	stopping bool
	stopped  chan struct{} // closed when stop is asked for
	ended    chan struct{} // closed when the server is gone for good; nil before start
}

const (
	stopWithin       = 10 * time.Second
	firstRestartWait = 100 * time.Millisecond
	longestWait      = 5 * time.Second
)

// start runs the server and returns when it answers. A server that dies before it answered once is not restarted.
func (p *process) start(ctx context.Context) error {
	p.stopped, p.ended = make(chan struct{}), make(chan struct{})
	died := make(chan error, 1)
	answered := make(chan struct{})
	go p.supervise(died, answered)

	for {
		if p.ready(ctx) == nil {
			close(answered)
			return nil
		}
		select {
		case err := <-died:
			return fmt.Errorf("%s ended while it was starting (%w); its log %s ends with:\n%s", p.name, err, p.logFile, tail(p.logFile))
		case <-ctx.Done():
			return fmt.Errorf("%s did not answer in time: %w; its log %s ends with:\n%s", p.name, ctx.Err(), p.logFile, tail(p.logFile))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// supervise starts the server, waits for its end and starts it again, until stop. died gets the end of a server that never answered.
func (p *process) supervise(died chan<- error, answered <-chan struct{}) {
	// The parent-death signal is sent when the thread that started the server ends, so that thread must last as long as the server.
	runtime.LockOSThread()
	defer close(p.ended)
	wait := firstRestartWait
	for {
		began := time.Now()
		err := p.runOnce()
		if p.isStopping() {
			return
		}
		select {
		case <-answered:
		default:
			died <- err
			return
		}
		if time.Since(began) > time.Minute {
			wait = firstRestartWait
		}
		p.log.Warn("local server ended by itself and is started again", "server", p.name, "error", err, "wait", wait)
		select {
		case <-time.After(wait):
		case <-p.stopped:
			return
		}
		wait = min(2*wait, longestWait)
	}
}

// runOnce starts the server and waits for its end.
func (p *process) runOnce() error {
	out, err := os.OpenFile(p.logFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.Command(p.path, p.args...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = attributes()

	p.mu.Lock()
	if p.stopping {
		p.mu.Unlock()
		return nil
	}
	err = cmd.Start()
	if err == nil {
		p.running = cmd.Process
		err = os.WriteFile(p.pidFile, []byte(strconv.Itoa(cmd.Process.Pid)+"\n"), 0o600)
	}
	p.mu.Unlock()
	if err != nil {
		if cmd.Process != nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
		return err
	}

	err = cmd.Wait()
	p.mu.Lock()
	p.running = nil
	p.mu.Unlock()
	os.Remove(p.pidFile)
	if err == nil {
		err = fmt.Errorf("it stopped without an error")
	}
	return err
}

func (p *process) isStopping() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stopping
}

// stop ends the server: asked first, killed when it doesn't follow within stopWithin. It returns when the server is gone.
func (p *process) stop() {
	if p.ended == nil {
		return
	}
	p.mu.Lock()
	if !p.stopping {
		p.stopping = true
		close(p.stopped)
	}
	p.mu.Unlock()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		return
	case <-time.After(stopWithin):
	}
	p.log.Warn("local server is slow to stop and is killed", "server", p.name)
	p.signal(syscall.SIGKILL)
	<-p.ended
}

func (p *process) signal(sig syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running != nil {
		p.running.Signal(sig)
	}
}

// tail returns the last part of a log file.
func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	const most = 1500
	return string(text[max(0, len(text)-most):])
}
