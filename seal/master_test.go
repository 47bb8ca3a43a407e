package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func master(t *testing.T, list string) *Master {
	t.Helper()
	m, err := ParseMaster(list)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAMasterKeyIsReadInAnyBase64(t *testing.T) {
	raw := bytes.Repeat([]byte{0xfb, 0xef, 0xff, 0x3e}, 8) // + and / in the standard alphabet
	wrapped := master(t, base64.StdEncoding.EncodeToString(raw)).Wrap("p", []byte("k"))
	for name, text := range map[string]string{
		"standard":             base64.StdEncoding.EncodeToString(raw),
		"standard, unpadded":   base64.RawStdEncoding.EncodeToString(raw),
		"for URLs":             base64.URLEncoding.EncodeToString(raw),
		"for URLs, unpadded":   base64.RawURLEncoding.EncodeToString(raw),
		"with spaces about it": "  " + base64.StdEncoding.EncodeToString(raw) + "\n",
	} {
		if got, err := master(t, text).Unwrap("p", wrapped); err != nil || string(got) != "k" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestABadMasterKeyIsNamedByPositionNotValue(t *testing.T) {
	good := NewMasterKey()
	short := base64.StdEncoding.EncodeToString([]byte("CanaryCanaryCanaryCanaryCanary!"))
	for name, c := range map[string]struct{ list, want string }{
		"nothing":             {"", "no key"},
		"spaces":              {" \n", "no key"},
		"no base64":           {"CanaryCanary!", "key 1"},
		"31 bytes":            {short, "key 1 has 31 bytes"},
		"an empty second":     {good + ",", "key 2"},
		"a bad third":         {good + "," + NewMasterKey() + ",Canary", "key 3"},
		"the same key twice":  {good + "," + good, "key 2 is listed twice"},
		"the same, otherwise": {good + "," + strings.TrimRight(good, "="), "key 2 is listed twice"},
		"all zeros":           {base64.StdEncoding.EncodeToString(make([]byte, 32)), "key 1 is all zeros"},
		"bits to spare":       {strings.Repeat("A", 42) + "F", "key 1"}, // ends as E does
		"a line break within": {good[:20] + "\n" + good[20:], "key 1"},
	} {
		_, err := ParseMaster(c.list)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
			continue
		}
		for _, secret := range []string{"Canary", good, short} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error repeats the key: %v", name, err)
			}
		}
	}
}

func TestNewMasterKeysDifferAndAreRead(t *testing.T) {
	one, two := NewMasterKey(), NewMasterKey()
	if one == two {
		t.Error("two new keys are equal")
	}
	master(t, one+","+two)
}

func TestAKeyUnwrapsForItsPurposeOnly(t *testing.T) {
	m := master(t, NewMasterKey())
	k := NewKey()
	wrapped := m.Wrap("business 7", k[:])
	if got, err := m.Unwrap("business 7", wrapped); err != nil || !bytes.Equal(got, k[:]) {
		t.Errorf("it did not come back: %v", err)
	}
	if got, err := m.Unwrap("business 8", wrapped); !errors.Is(err, ErrDamaged) || got != nil {
		t.Errorf("it unwrapped for another purpose: %v", err)
	}
	for _, wrapped := range [][]byte{nil, {}, wrapped[:10], append([]byte{9}, wrapped[1:]...)} {
		if _, err := m.Unwrap("business 7", wrapped); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", len(wrapped), err)
		}
	}
}

func TestMasterKeysRotate(t *testing.T) {
	old, next := NewMasterKey(), NewMasterKey()
	before, during, after := master(t, old), master(t, next+","+old), master(t, next)

	wrapped := before.Wrap("p", []byte("k"))
	if !before.Current(wrapped) || during.Current(wrapped) {
		t.Error("a key is current exactly when the newest master key wrapped it")
	}
	got, err := during.Unwrap("p", wrapped)
	if err != nil || string(got) != "k" {
		t.Fatalf("during the rotation: %q, %v", got, err)
	}
	again := during.Wrap("p", got)
	if !during.Current(again) || !after.Current(again) {
		t.Error("wrapped again it is not current")
	}
	if got, err := after.Unwrap("p", again); err != nil || string(got) != "k" {
		t.Errorf("after the rotation: %q, %v", got, err)
	}
	if _, err := after.Unwrap("p", wrapped); !errors.Is(err, ErrForeignKey) {
		t.Errorf("the old key was taken out, yet: %v", err)
	}
	if _, err := during.Unwrap("q", again); !errors.Is(err, ErrDamaged) {
		t.Errorf("for another purpose during the rotation: %v", err)
	}
	if during.Current(nil) || during.Current(again[:3]) {
		t.Error("fragments are current")
	}
}

func TestAWrappedKeyIsNoSealedValue(t *testing.T) {
	k := testKey(3)
	m := master(t, base64.StdEncoding.EncodeToString(k[:]))
	if _, err := m.Unwrap("box", NewBox(k).Seal(Where{}, "ada")); !errors.Is(err, ErrDamaged) {
		t.Errorf("a sealed value unwrapped: %v", err)
	}
}
