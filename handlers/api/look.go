package api

import (
	"fmt"
	"io"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// GetLook answers GET /settings/look.
func (d *door) GetLook(c echo.Context) error {
	l, err := d.Business.Look(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, d.lookOf(l))
}

// ChangeLook answers PATCH /settings/look.
func (d *door) ChangeLook(c echo.Context, _ spec.ChangeLookParams) error {
	var asked spec.LookChange
	if err := read(c, &asked); err != nil {
		return err
	}
	l, err := d.Business.Look(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, d.lookOf(l)); err != nil {
		return err
	}
	f := business.ColourForm{Colour: l.Form.Colour, Version: l.Form.Version}
	patchOrClear(&f.Colour, asked.Colour)
	if err := d.Business.ChangeColour(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, err)
	}
	return d.GetLook(c)
}

// PutLogo answers PUT /settings/look/logo.
func (d *door) PutLogo(c echo.Context, _ spec.PutLogoParams) error {
	file, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return fmt.Errorf("reading a picture: %w", err)
	}
	l, err := d.Business.Look(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, d.lookOf(l)); err != nil {
		return err
	}
	var over *string
	if c.Request().Header.Get("If-Match") != "" {
		over = &l.Business.Look.Logo.Hash
	}
	if err := d.Business.PutLogo(c.Request().Context(), staffOf(c), file, over); err != nil {
		return overtaken(c, err)
	}
	return d.GetLook(c)
}

// RemoveLogo answers DELETE /settings/look/logo.
func (d *door) RemoveLogo(c echo.Context, _ spec.RemoveLogoParams) error {
	l, err := d.Business.Look(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, d.lookOf(l)); err != nil {
		return err
	}
	if l.Business.Look.Logo.Hash == "" {
		return problem.New(problem.NotFound, "profile.bad.no_logo")
	}
	if err := d.Business.RemoveLogo(c.Request().Context(), staffOf(c), l.Business.Look.Logo.Hash); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

// RestoreLogo answers POST /settings/look/logo/restoration.
func (d *door) RestoreLogo(c echo.Context, _ spec.RestoreLogoParams) error {
	l, err := d.Business.Look(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if l.Removed == "" {
		return problem.New(problem.NotFound, "profile.bad.no_logo")
	}
	if err := d.Business.RestoreLogo(c.Request().Context(), staffOf(c), l.Removed); err != nil {
		return err
	}
	return d.GetLook(c)
}

func (d *door) lookOf(l business.Look) spec.Look {
	look := spec.Look{Colour: orNull(l.Form.Colour), Logo: nullable.NewNullNullable[spec.Logo]()}
	if logo := l.Business.Look.Logo; logo.Hash != "" {
		look.Logo.Set(spec.Logo{
			URL: d.Around.Base.Abs(paths.LogoImage(l.Business.Slug, logo.Hash)), Width: logo.Width, Height: logo.Height, Plate: spec.LogoPlate(l.Plate),
		})
	}
	return look
}
