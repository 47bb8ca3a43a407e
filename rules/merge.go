package rules

import (
	"errors"
	"fmt"
)

// merged walks several sorted streams as one. A business has a handful of services, so the first head is found by looking at all.
type merged struct {
	services []ServiceTime
	streams  []Stream
	heads    []head
}

type head struct {
	candidate Candidate
	at        Cursor
	ok        bool
}

var errOutOfOrder = errors.New("candidates are not in ascending order")

func merge(services []ServiceTime, streams []Stream) (*merged, error) {
	if len(services) != len(streams) {
		return nil, fmt.Errorf("merge candidates: %d services with %d streams", len(services), len(streams))
	}
	m := &merged{services, streams, make([]head, len(streams))}
	for i := range streams {
		if err := m.read(i); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// first is the stream whose head goes before all others, -1 when all have ended.
func (m *merged) first() int {
	first := -1
	for i := range m.heads {
		if m.heads[i].ok && (first < 0 || m.heads[i].at.before(m.heads[first].at)) {
			first = i
		}
	}
	return first
}

// advance replaces the head of stream i by its next candidate.
func (m *merged) advance(i int) error {
	previous := m.heads[i].at
	if err := m.read(i); err != nil {
		return err
	}
	if m.heads[i].ok && !previous.before(m.heads[i].at) {
		return fmt.Errorf("candidates of service %d: %w", m.services[i].ID, errOutOfOrder)
	}
	return nil
}

func (m *merged) read(i int) error {
	c, ok, err := m.streams[i]()
	if err != nil {
		return fmt.Errorf("read the candidates of service %d: %w", m.services[i].ID, err)
	}
	m.heads[i] = head{c, Cursor{c.OrderKey, c.EntryID}, ok}
	return nil
}
