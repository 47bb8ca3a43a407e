package admin

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) categories(c echo.Context) error {
	return respond.NewForm(d.showCategories(c, business.CategoryForm{Press: seal.PublicID()}))
}

func (d door) addCategory(c echo.Context) error {
	var f business.CategoryForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if _, err := d.business.AddCategory(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return respond.Form(c, err, d.showCategories(c, f))
	}
	respond.Flash(c, "hours.category.added", "Name", f.Name)
	return respond.SeeOther(c, paths.Categories)
}

func (d door) showCategories(c echo.Context, f business.CategoryForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		ctx, tenant := c.Request().Context(), middleware.MustUser(c).TenantID
		list, err := d.business.Categories(ctx, tenant)
		if err != nil {
			return err
		}
		services, err := d.business.Services(ctx, tenant)
		if err != nil {
			return err
		}
		whole := admin.Categories(page(c, "services", text(c, "hours.category.title")), list, services, f, errs)
		return respond.HTML(c, status, whole,
			respond.Part{ID: "category-form", Component: admin.CategoryForm(f, errs)}, respond.Part{ID: "order", Component: admin.Order(list, services)})
	}
}

func (d door) category(c echo.Context) error {
	f, err := d.business.Category(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(showCategory(c, f.Name, f))
}

func (d door) renameCategory(c echo.Context) error {
	var f business.CategoryForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user, id := c.Request().Context(), middleware.MustUser(c), c.Param("id")
	if err := d.business.RenameCategory(ctx, user.Staff(), id, f); err != nil {
		now, readErr := d.business.Category(ctx, user.TenantID, id)
		if problem.KindOf(err) == problem.Conflict {
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, showCategory(c, now.Name, f))
	}
	respond.Flash(c, "hours.category.saved", "Name", f.Name)
	return respond.SeeOther(c, paths.Categories)
}

func (d door) removeCategory(c echo.Context) error {
	name, err := d.business.RemoveCategory(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), "")
	if err != nil {
		return err
	}
	respond.Flash(c, "hours.category.removed", "Name", name)
	return respond.SeeOther(c, paths.Categories)
}

func showCategory(c echo.Context, title string, f business.CategoryForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		id := c.Param("id")
		whole := admin.Category(page(c, "services", title), id, f, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "category-name-form", Component: admin.CategoryNameForm(id, f, errs)})
	}
}

func (d door) placeService(c echo.Context) error {
	id := c.Param("id")
	name, was, err := d.business.PlaceService(c.Request().Context(), middleware.MustUser(c).Staff(), id, number(c.FormValue("place")))
	if err != nil {
		return err
	}
	return d.placed(c, name, paths.ServicePlace(id), was)
}

func (d door) placeCategory(c echo.Context) error {
	id := c.Param("id")
	name, was, err := d.business.PlaceCategory(c.Request().Context(), middleware.MustUser(c).Staff(), id, number(c.FormValue("place")))
	if err != nil {
		return err
	}
	return d.placed(c, name, paths.CategoryPlace(id), was)
}

// placed shows the new order, with the way back unless nothing moved.
func (d door) placed(c echo.Context, name, path string, was int) error {
	if was >= 0 {
		respond.FlashUndo(c, paths.At(path, was), "hours.move.done", "Name", name)
	}
	if respond.Wants(c, "order") {
		return d.showCategories(c, business.CategoryForm{})(http.StatusOK, nil)
	}
	return respond.SeeOther(c, paths.Categories)
}
