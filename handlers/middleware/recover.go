package middleware

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// Panic is the error that a handler's panic becomes. Its text has no stack; the log asks for that.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("panic: %T", p.Value) }

// Recover turns a panic into an error for the error handler. http.ErrAbortHandler goes through.
func Recover() echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) (err error) {
			defer func() {
				value := recover()
				if value == nil {
					return
				}
				if abort, ok := value.(error); ok && errors.Is(abort, http.ErrAbortHandler) {
					panic(value)
				}
				err = &Panic{Value: value, Stack: debug.Stack()}
			}()
			return next(c)
		}
	}
}
