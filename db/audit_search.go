package db

import (
	"context"
	"slices"
	"strings"
	"time"
)

// AuditSearch says which audit entries of a business are asked for. What is zero asks for nothing.
type AuditSearch struct {
	TenantID int64
	Actor    string   // user, customer, key or program
	ActorID  int64    // of a user or API key
	Actions  []string // "slot.open", or "slot." for all that begin so
	Record   string   // with RecordID: what happened to one record
	RecordID int64
	From     time.Time // the first moment
	Until    time.Time // the first moment after the last
	Before   AuditPlace
	After    AuditPlace // with it the entries come in the other order: the oldest first
	Limit    int
}

// AuditPlace is the place of an entry in a list by moment.
type AuditPlace struct {
	At time.Time
	ID int64
}

// SearchAuditEntries are the entries asked for, the newest first. The conditions vary, which sqlc cannot write.
func (q *Queries) SearchAuditEntries(ctx context.Context, s AuditSearch) ([]AuditEntry, error) {
	where, args := s.where()
	order := "at DESC, id DESC"
	if !s.After.At.IsZero() {
		order = "at, id"
	}
	query := "SELECT id, tenant_id, at, actor, actor_id, action, record, record_id, detail, reason, chain_sequence, chain_hash, reason_hash FROM audit_entries WHERE " +
		where + " ORDER BY " + order + " LIMIT ?"
	rows, err := q.db.QueryContext(ctx, query, append(args, s.Limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []AuditEntry{}
	for rows.Next() {
		var e AuditEntry
		err := rows.Scan(&e.ID, &e.TenantID, &e.At, &e.Actor, &e.ActorID, &e.Action, &e.Record, &e.RecordID, &e.Detail, &e.Reason, &e.ChainSequence, &e.ChainHash, &e.ReasonHash)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	if !s.After.At.IsZero() {
		slices.Reverse(list)
	}
	return list, rows.Err()
}

func (s AuditSearch) where() (string, []any) {
	conditions, args := []string{"tenant_id = ?"}, []any{s.TenantID}
	add := func(condition string, values ...any) {
		conditions, args = append(conditions, condition), append(args, values...)
	}
	if s.Actor != "" {
		add("actor = ?", s.Actor)
	}
	if s.ActorID != 0 {
		add("actor_id = ?", s.ActorID)
	}
	if s.Record != "" {
		add("record = ? AND record_id = ?", s.Record, s.RecordID)
	}
	if !s.From.IsZero() {
		add("at >= ?", s.From)
	}
	if !s.Until.IsZero() {
		add("at < ?", s.Until)
	}
	if at := s.Before.At; !at.IsZero() {
		add("at <= ? AND (at < ? OR id < ?)", at, at, s.Before.ID)
	}
	if at := s.After.At; !at.IsZero() {
		add("at >= ? AND (at > ? OR id > ?)", at, at, s.After.ID)
	}
	if len(s.Actions) > 0 {
		var either []string
		for _, action := range s.Actions {
			condition, value := "action = ?", action
			if strings.HasSuffix(action, ".") {
				condition, value = "action LIKE ?", strings.ReplaceAll(action, "_", `\_`)+"%"
			}
			either, args = append(either, condition), append(args, value)
		}
		conditions = append(conditions, "("+strings.Join(either, " OR ")+")")
	}
	return strings.Join(conditions, " AND "), args
}
