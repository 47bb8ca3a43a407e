package bench

import (
	"errors"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
)

// wire stands between the program and its database and keeps, word for word, every statement that passes. It is how a floor is kept
// honest: what is repeated bare is what the program really said, in this very run, and not what somebody once copied.
type wire struct {
	mu         sync.Mutex
	statements []string
}

// tap makes a wire to the database at an address, and gives the address of its other end.
func tap(t testing.TB, databaseURL string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	network, address := "unix", query.Get("socket")
	if address == "" {
		network, address = "tcp", u.Host
	}
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	w := &wire{}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go w.join(client, network, address)
		}
	}()
	query.Set("socket", socket)
	u.RawQuery = query.Encode()
	return w, u.String()
}

func (w *wire) join(client net.Conn, network, address string) {
	defer client.Close()
	server, err := net.Dial(network, address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server)
		client.Close()
	}()
	_ = w.listen(client, server)
}

// listen passes the client's packets on: three bytes of length, one of order within an exchange, then the content, which for a statement
// begins with 3.
func (w *wire) listen(client io.Reader, server io.Writer) error {
	const query = 3
	var packet []byte
	for {
		packet = append(packet[:0], 0, 0, 0, 0)
		if _, err := io.ReadFull(client, packet); err != nil {
			return err
		}
		length := int(packet[0]) | int(packet[1])<<8 | int(packet[2])<<16
		if length == 1<<24-1 {
			return errors.New("a statement of 16 MB or more")
		}
		packet = append(packet, make([]byte, length)...)
		if _, err := io.ReadFull(client, packet[4:]); err != nil {
			return err
		}
		if packet[3] == 0 && length > 0 && packet[4] == query {
			w.mu.Lock()
			w.statements = append(w.statements, string(packet[5:]))
			w.mu.Unlock()
		}
		if _, err := server.Write(packet); err != nil {
			return err
		}
	}
}

// during gives the statements that pass while act runs.
func (w *wire) during(act func()) []string {
	w.mu.Lock()
	w.statements = nil
	w.mu.Unlock()
	act()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.statements
}
