package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
)

// mailboxKeeps is how many messages stay; older ones make room.
const mailboxKeeps = 500

// Mailbox is the sender of a program without a provider: it keeps each message as a file on this machine, where
// people who try the program out read it. It is safe for concurrent use.
type Mailbox struct {
	root *os.Root
	mu   sync.Mutex
}

// OpenMailbox keeps messages in dir, which is made when it isn't there. Only the program's own user can read it.
func OpenMailbox(dir string) (*Mailbox, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the mailbox: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return nil, fmt.Errorf("closing the mailbox to others: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the mailbox: %w", err)
	}
	return &Mailbox{root: root}, nil
}

// Send keeps m.
func (b *Mailbox) Send(_ context.Context, m Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	name := m.Date.UTC().Format(nameLayout) + "-" + m.ID + ".eml"
	if err := b.write(name, compose(m)); err != nil {
		return &Failure{Outcome: Later, Class: "mailbox", cause: err}
	}
	b.makeRoom()
	return nil
}

// nameLayout begins the name of a message's file, so that the order of names is the order of time.
const nameLayout = "20060102T150405.000000Z"

// Check writes a file and removes it.
func (b *Mailbox) Check(context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	const name = "check"
	err := b.root.WriteFile(name, nil, 0o600)
	if err == nil {
		err = b.root.Remove(name)
	}
	if err != nil {
		return &Failure{Outcome: Later, Class: "mailbox", cause: err}
	}
	return nil
}

// write makes the file appear whole or not at all.
func (b *Mailbox) write(name string, content []byte) error {
	part := name + ".part"
	if err := b.root.WriteFile(part, content, 0o600); err != nil {
		return err
	}
	return b.root.Rename(part, name)
}

// makeRoom removes the oldest messages past the bound. What can't be removed now goes next time.
func (b *Mailbox) makeRoom() {
	names, err := b.names()
	if err != nil {
		return
	}
	for _, name := range names[min(mailboxKeeps, len(names)):] {
		_ = b.root.Remove(name)
	}
}

// names are the files of the messages, newest first.
func (b *Mailbox) names() ([]string, error) {
	entries, err := fs.ReadDir(b.root.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("reading the mailbox: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".eml") {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	slices.Reverse(names)
	return names, nil
}

// Kept is a message in the mailbox. Its texts and attachments are empty in a list.
type Kept struct {
	ID string // for addresses: letters, digits and .-_
	Message
}

// IDs are the ids of the messages, newest first.
func (b *Mailbox) IDs() ([]string, error) {
	names, err := b.names()
	for i, name := range names {
		names[i] = strings.TrimSuffix(name, ".eml")
	}
	return names, err
}

// List gives the messages, newest first, without their contents. A file that is no message is left out.
func (b *Mailbox) List() ([]Kept, error) {
	names, err := b.names()
	if err != nil {
		return nil, err
	}
	var list []Kept
	for _, name := range names {
		kept, err := b.read(name, false)
		if err == nil {
			list = append(list, kept)
		}
	}
	return list, nil
}

// Open reads one message. An id that is not in the mailbox gives an error that is fs.ErrNotExist.
func (b *Mailbox) Open(id string) (Kept, error) {
	if strings.ContainsFunc(id, func(r rune) bool { return !strings.ContainsRune(idLetters, r) }) {
		return Kept{}, fs.ErrNotExist
	}
	kept, err := b.read(id+".eml", true)
	if errors.Is(err, fs.ErrNotExist) {
		return Kept{}, fs.ErrNotExist
	}
	return kept, err
}

const idLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"

func (b *Mailbox) read(name string, whole bool) (Kept, error) {
	file, err := b.root.Open(name)
	if err != nil {
		return Kept{}, fmt.Errorf("opening a kept message: %w", err)
	}
	defer file.Close()
	m, err := parse(file, whole)
	if err != nil {
		return Kept{}, fmt.Errorf("reading a kept message: %w", err)
	}
	return Kept{ID: strings.TrimSuffix(name, ".eml"), Message: m}, nil
}
