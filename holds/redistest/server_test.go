package redistest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func TestTestsShareOneServerAndKeepApartByPrefix(t *testing.T) {
	one, other := Start(t), Start(t)
	key := Prefix(t) + "key"
	if err := one.Set(t.Context(), key, "value", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if got := other.Get(t.Context(), key).Val(); got != "value" {
		t.Errorf("the other client sees %q", got)
	}
	if first, second := Prefix(t), Prefix(t); first == second {
		t.Error("two prefixes are equal")
	}
}

func TestAServerStartedAgainIsEmptyUnderTheSameAddress(t *testing.T) {
	server := New(t)
	rdb, address := server.Client(), server.URL()
	if err := rdb.Set(t.Context(), "key", "value", 0).Err(); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	if err := rdb.Ping(t.Context()).Err(); err == nil {
		t.Fatal("a stopped server answers")
	}
	server.Start()
	if server.URL() != address {
		t.Errorf("the address was %s and is %s", address, server.URL())
	}
	if err := rdb.Get(t.Context(), "key").Err(); !errors.Is(err, redis.Nil) {
		t.Errorf("the key came back: %v", err)
	}
}

func TestAFrozenServerAnswersOnlyOnceThawed(t *testing.T) {
	server := New(t)
	rdb := server.Client()
	thaw := server.Freeze()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := rdb.Ping(ctx).Err(); err == nil {
		t.Error("a frozen server answers")
	}
	thaw()
	if err := rdb.Ping(t.Context()).Err(); err != nil {
		t.Errorf("after the thaw: %v", err)
	}
}

// TestTheServerEndsWithItsTestBinary runs this test again as a process of its
// own that starts the shared server, and kills that process.
func TestTheServerEndsWithItsTestBinary(t *testing.T) {
	if told := os.Getenv("REDISTEST_SAY"); told != "" {
		if err := os.WriteFile(told, []byte(URL(t)), 0o600); err != nil {
			t.Fatal(err)
		}
		select {} // until killed
	}
	told := filepath.Join(t.TempDir(), "url")
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), "REDISTEST_SAY="+told)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill() }) // if the test ends before it gets that far
	var url string
	eventually(t, "the child's server starts", func() bool {
		text, _ := os.ReadFile(told)
		url = string(text)
		return url != "" && client(t, url).Ping(t.Context()).Err() == nil
	})
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	folder := filepath.Dir(strings.TrimPrefix(url, "unix://"))
	eventually(t, "the server and its folder go", func() bool {
		_, err := os.Stat(folder)
		return os.IsNotExist(err) && client(t, url).Ping(t.Context()).Err() != nil
	})
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(20 * time.Second)
	for !is() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
