package seal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// testKey is a key whose bytes would be recognised if they were printed.
func testKey(seed byte) Key { return Key(bytes.Repeat([]byte{seed}, 32)) }

func TestAKeyHas32Bytes(t *testing.T) {
	for _, size := range []int{0, 16, 31, 33, 64} {
		if _, err := KeyOf(make([]byte, size)); err == nil {
			t.Errorf("%d bytes were taken as a key", size)
		}
	}
	want := testKey(9)
	if got, err := KeyOf(want[:]); err != nil || got != want {
		t.Errorf("32 bytes were refused: %v", err)
	}
}

func TestNewKeysDiffer(t *testing.T) {
	if first, second := NewKey(), NewKey(); first == second {
		t.Error("two new keys are equal")
	}
}

func TestNoKeyPrintsItself(t *testing.T) {
	k := testKey('K')
	master, err := ParseMaster(NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	type holder struct{ Key Key }
	var out strings.Builder
	for _, v := range []any{k, &k, holder{k}, NewBox(k), *NewBox(k), NewLookup(k), NewTokens(k), master} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		if text, err := json.Marshal(v); err == nil {
			out.Write(text)
		}
		slog.New(slog.NewTextHandler(&out, nil)).Info("m", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "v", v)
	}
	lower := strings.ToLower(out.String())
	for _, leak := range []string{"kkkk", "4b4b", "75 75", "75,75", "0x4b, 0x4b", "s0tl"} {
		if strings.Contains(lower, leak) {
			t.Errorf("a key was printed (as %q)", leak)
		}
	}
}

func TestNoTwoListsOfPartsAreTheSameMessage(t *testing.T) {
	digest := newDigest(testKey(1))
	seen := map[string][]string{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"", "ab"}, {"ab", ""}, {"a", "", "b"}, {"a\x00b"}, {"a\x00", "b"}} {
		made := string(digest(parts...))
		if other, ok := seen[made]; ok {
			t.Errorf("%q and %q have one digest", parts, other)
		}
		seen[made] = parts
	}
}
