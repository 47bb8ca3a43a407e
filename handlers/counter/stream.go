package counter

import "github.com/labstack/echo/v4"

// stream tells a page of each change of its business for as long as it listens.
func (d door) stream(c echo.Context) error {
	d.boards.Stream(c.Response(), c.Request(), tenant(c))
	return nil
}
