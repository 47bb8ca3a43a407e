// Package respond writes answers: a page or the part of it that htmx asked for, a redirect, a refused form, a problem.
package respond
