// Package db is the one door to MySQL: opening it, transactions, the database's clock, the keys that data is sealed
// with, and the queries that sqlc generates from queries/*.sql.
//
// Every time is UTC. Every statement names its business by tenant_id.
package db
