// Package middleware is what every request goes through before a handler: its id and its line in the log, the headers of a safe page, who is
// asking from where, and in which language.
package middleware
