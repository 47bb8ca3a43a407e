package api

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
)

// ListCategories answers GET /categories.
func (d *door) ListCategories(c echo.Context, p spec.ListCategoriesParams) error {
	list, err := d.Business.Categories(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	page, next, err := pageOf(list, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Category, len(page))
	for i, row := range page {
		data[i] = categoryOf(row)
	}
	return answer(c, http.StatusOK, spec.CategoryList{Data: data, NextCursor: next})
}

// AddCategory answers POST /categories.
func (d *door) AddCategory(c echo.Context, _ spec.AddCategoryParams) error {
	var asked spec.NewCategory
	if err := read(c, &asked); err != nil {
		return err
	}
	id, err := d.Business.AddCategory(c.Request().Context(), staffOf(c), business.CategoryForm{Name: asked.Name, Press: pressOf(c)})
	if err != nil {
		return err
	}
	category, _, err := d.categoryByID(c, id)
	if err != nil {
		return err
	}
	return made(c, "/categories/"+id, category)
}

// GetCategory answers GET /categories/{category_id}.
func (d *door) GetCategory(c echo.Context, id spec.CategoryID) error {
	category, _, err := d.categoryByID(c, id)
	if err != nil {
		return err
	}
	return one(c, category)
}

// ChangeCategory answers PATCH /categories/{category_id}.
func (d *door) ChangeCategory(c echo.Context, id spec.CategoryID, _ spec.ChangeCategoryParams) error {
	var asked spec.CategoryChange
	if err := read(c, &asked); err != nil {
		return err
	}
	category, row, err := d.categoryByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, category); err != nil {
		return err
	}
	f := business.CategoryForm{Name: row.Name, Version: strconv.Itoa(row.Version)}
	patch(&f.Name, asked.Name)
	if err := d.Business.RenameCategory(c.Request().Context(), staffOf(c), id, f); err != nil {
		return overtaken(c, err)
	}
	return d.GetCategory(c, id)
}

// RemoveCategory answers DELETE /categories/{category_id}.
func (d *door) RemoveCategory(c echo.Context, id spec.CategoryID, _ spec.RemoveCategoryParams) error {
	category, row, err := d.categoryByID(c, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, category); err != nil {
		return err
	}
	if _, err := d.Business.RemoveCategory(c.Request().Context(), staffOf(c), id, strconv.Itoa(row.Version)); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

// PlaceCategory answers PUT /categories/{category_id}/place.
func (d *door) PlaceCategory(c echo.Context, id spec.CategoryID, _ spec.PlaceCategoryParams) error {
	var asked spec.PlaceChange
	if err := read(c, &asked); err != nil {
		return err
	}
	if _, _, err := d.Business.PlaceCategory(c.Request().Context(), staffOf(c), id, asked.Place); err != nil {
		return err
	}
	return done(c)
}

// PlaceService answers PUT /services/{service_id}/place.
func (d *door) PlaceService(c echo.Context, id spec.ServiceID, _ spec.PlaceServiceParams) error {
	var asked spec.PlaceChange
	if err := read(c, &asked); err != nil {
		return err
	}
	if _, _, err := d.Business.PlaceService(c.Request().Context(), staffOf(c), id, asked.Place); err != nil {
		return err
	}
	return done(c)
}

func (d *door) categoryByID(c echo.Context, id string) (spec.Category, business.CategoryRow, error) {
	list, err := d.Business.Categories(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return spec.Category{}, business.CategoryRow{}, err
	}
	for _, row := range list {
		if row.ID == id {
			return categoryOf(row), row, nil
		}
	}
	return spec.Category{}, business.CategoryRow{}, problem.New(problem.NotFound, "hours.bad.no_category")
}

func categoryOf(row business.CategoryRow) spec.Category {
	return spec.Category{ID: row.ID, Name: row.Name, ServiceIds: append([]spec.ID{}, row.ServiceIDs...)}
}
