package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 123456000, time.UTC)

func openMailbox(t *testing.T) (*Mailbox, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data", "mailbox")
	b, err := OpenMailbox(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b, dir
}

func keep(t *testing.T, b *Mailbox, m Message) {
	t.Helper()
	if err := b.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, b *Mailbox) Kept {
	t.Helper()
	list, err := b.List()
	if err != nil || len(list) != 1 {
		t.Fatalf("%d messages (%v), want 1", len(list), err)
	}
	kept, err := b.Open(list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestAKeptMessageReadsBackAsItWas(t *testing.T) {
	b, _ := openMailbox(t)
	m := Message{
		ID: "AbC-_123", Date: noon, FromName: "Käthes Salon, \"Mitte\"", ToName: "Zoë 🙂 Ångström", To: "zoe@example.org",
		Subject: "Gebucht: " + strings.Repeat("Waschen, schneiden, föhnen ", 8), Text: "Grüße\n\n-- \n.\nFrom here = there", HTML: "<p>" + strings.Repeat("ä=", 200) + "</p>",
		Attachments: []Attachment{{Name: "event.ics", Type: "text/calendar", Content: []byte(strings.Repeat("BEGIN:VCALENDAR\r\n", 20))}},
	}
	keep(t, b, m)
	got := only(t, b)
	if got.FromName != m.FromName || got.ToName != m.ToName || got.To != m.To || got.ID == "" || got.Message.ID != m.ID || !got.Date.Equal(noon.Truncate(time.Second)) {
		t.Errorf("headers: %+v", got)
	}
	if want := strings.TrimSpace(m.Subject); got.Subject != want {
		t.Errorf("subject %q, want %q", got.Subject, want)
	}
	if text := strings.ReplaceAll(got.Text, "\r\n", "\n"); text != m.Text || got.HTML != m.HTML {
		t.Errorf("text %q, HTML %q", text, got.HTML)
	}
	if len(got.Attachments) != 1 || string(got.Attachments[0].Content) != string(m.Attachments[0].Content) || got.Attachments[0].Name != "event.ics" || got.Attachments[0].Type != "text/calendar" {
		t.Errorf("attachments: %+v", got.Attachments)
	}
}

func TestAKeptFileIsALetterAnyMailReaderOpens(t *testing.T) {
	b, dir := openMailbox(t)
	evil := "Nord\r\nBcc: all@example.org\r\n\r\n<script>"
	keep(t, b, Message{ID: "id", Date: noon, FromName: evil, ToName: evil, To: "a@example.org", Subject: evil, Text: "ü", HTML: strings.Repeat("x", 3000)})
	files, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	names := map[string]bool{}
	for _, line := range strings.Split(head, "\r\n") {
		name, _, _ := strings.Cut(line, ":")
		names[name] = true
	}
	if len(names) != 7 || names["Bcc"] {
		t.Errorf("the head is\n%s", head)
	}
	for _, line := range strings.Split(string(raw), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("a line is %d bytes long, or ends in a bare CR or LF", len(line))
		}
		for _, c := range []byte(line) {
			if c > 126 {
				t.Fatalf("a byte past ASCII in %q", line)
			}
		}
	}
}

func TestOnlyTheProgramsOwnUserReadsTheMailbox(t *testing.T) {
	b, dir := openMailbox(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenMailbox(dir); err != nil {
		t.Fatal(err)
	}
	keep(t, b, Message{ID: "id", Date: noon, To: "a@example.org"})
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) != 1 {
		t.Fatalf("files: %v", files)
	}
	for path, want := range map[string]fs.FileMode{dir: 0o700, files[0]: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v (%v), want %v", path, info.Mode().Perm(), err, want)
		}
	}
}

func TestTheListBeginsWithTheNewestAndKeepsFiveHundred(t *testing.T) {
	b, _ := openMailbox(t)
	for i := range mailboxKeeps + 3 {
		keep(t, b, Message{ID: fmt.Sprint(i), Date: noon.Add(time.Duration(i) * time.Microsecond), To: "a@example.org", Subject: fmt.Sprint(i)})
	}
	ids, err := b.IDs()
	if err != nil || len(ids) != mailboxKeeps {
		t.Errorf("%d ids (%v)", len(ids), err)
	}
	if kept, err := b.Open(ids[0]); err != nil || kept.Subject != "502" {
		t.Errorf("the first id leads to %q (%v)", kept.Subject, err)
	}
	list, err := b.List()
	if err != nil || len(list) != mailboxKeeps || list[0].Subject != "502" || list[mailboxKeeps-1].Subject != "3" {
		t.Errorf("%d messages from %q (%v)", len(list), list[0].Subject, err)
	}
}

func TestWhatIsNoMessageIsLeftOutOfTheList(t *testing.T) {
	b, dir := openMailbox(t)
	for name, content := range map[string]string{"broken.eml": "nothing", "note.txt": "x", "half.eml.part": "From: a@b.c"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keep(t, b, Message{ID: "id", Date: noon, To: "a@example.org"})
	only(t, b)
}

func TestAnIDLeadsNowhereButIntoTheMailbox(t *testing.T) {
	b, dir := openMailbox(t)
	keep(t, b, Message{ID: "id", Date: noon, To: "a@example.org"})
	secret := compose(Message{ID: "secret", Date: noon, To: "a@example.org"})
	if err := os.WriteFile(filepath.Join(dir, "..", "secret.eml"), secret, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret.eml", filepath.Join(dir, "link.eml")); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "absent", "../secret", "..%2fsecret", "/etc/passwd", "a/b", "id\x00", "..", "ü"} {
		if _, err := b.Open(id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if kept, err := b.Open("link"); err == nil {
		t.Errorf("a link out of the mailbox was followed to %+v", kept)
	}
}

func TestManyMessagesAtOnceAreAllKept(t *testing.T) {
	b, _ := openMailbox(t)
	var wait sync.WaitGroup
	for i := range 50 {
		wait.Go(func() {
			if err := b.Send(context.Background(), Message{ID: fmt.Sprint(i), Date: noon, To: "a@example.org"}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if list, err := b.List(); err != nil || len(list) != 50 {
		t.Errorf("%d messages (%v)", len(list), err)
	}
}

func TestAMailboxThatIsGoneSaysSo(t *testing.T) {
	b, dir := openMailbox(t)
	if err := b.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list, _ := b.List(); len(list) != 0 {
		t.Error("a check leaves a message behind")
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"checking": b.Check(t.Context()), "sending": b.Send(t.Context(), Message{ID: "id", Date: noon, To: "canary@example.org"})} {
		if f := failureOf(err); err == nil || f.Outcome != Later || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestTheMailboxTakesWhatTheOutboxOwes(t *testing.T) {
	s := newShop(t)
	b, _ := openMailbox(t)
	s.joins("Amara", "amara@example.org")
	s.delivers(s.deliverer(b), 1)
	if kept := only(t, b); kept.To != "amara@example.org" || !strings.Contains(kept.Text, "https://wait.example/w/") {
		t.Errorf("kept %+v", kept)
	}
}
