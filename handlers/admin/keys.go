package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

type keyDoor struct {
	accounts *accounts.Accounts
	base     paths.Base
}

// KeyRoutes adds the API keys to a group that asks the policy.
func KeyRoutes(pages *echo.Group, a *accounts.Accounts, base paths.Base) {
	d := keyDoor{a, base}
	pages.GET(paths.Keys, d.keys)
	pages.GET(paths.NewKey, d.newKey)
	pages.POST(paths.Keys, d.createKey)
	pages.GET(paths.KeyRoute, d.key)
	pages.POST(paths.KeyRoute, d.changeKey)
	pages.GET(paths.KeyRotationRoute, d.rotation)
	pages.POST(paths.KeyRotationRoute, d.rotateKey)
	pages.POST(paths.KeyOldSecretRoute, d.endOldSecret)
	pages.POST(paths.KeyRevocationRoute, d.revokeKey)
}

func (d keyDoor) keys(c echo.Context) error {
	list, err := d.accounts.ListKeys(c.Request().Context(), middleware.MustUser(c))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, admin.Keys(page(c, "keys", text(c, "keys.title")), list))
}

func (d keyDoor) newKey(c echo.Context) error {
	return respond.NewForm(showNewKey(c, accounts.NewKey{Expires: strconv.Itoa(accounts.KeyLasts()[2]), Press: seal.PublicID()}))
}

func showNewKey(c echo.Context, f accounts.NewKey) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, admin.NewKey(page(c, "keys", text(c, "keys.new.title")), f, errs))
	}
}

func (d keyDoor) createKey(c echo.Context) error {
	f := accounts.NewKey{
		Name: c.FormValue("name"), Scopes: c.Request().PostForm["scopes"], Expires: c.FormValue("expires"), ExpiresOn: c.FormValue("expires_on"), Press: c.FormValue("press"),
	}
	made, err := d.accounts.CreateKey(c.Request().Context(), middleware.MustUser(c), f)
	if err != nil {
		return respond.Form(c, err, showNewKey(c, f))
	}
	return d.showSecret(c, made, false)
}

// showSecret is the answer itself and no page that it leads to: the secret is in no address, no cookie and no table, and who looks again sends the
// form again, which has its effect once.
func (d keyDoor) showSecret(c echo.Context, made accounts.KeySecret, rotated bool) error {
	if made.Secret == "" {
		return respond.HTML(c, http.StatusOK, admin.KeyShownBefore(page(c, "keys", text(c, "keys.again.title")), made.ID))
	}
	k, err := d.accounts.KeyPage(c.Request().Context(), middleware.MustUser(c), made.ID)
	if err != nil {
		return err
	}
	title := "keys.shown.made"
	if rotated {
		title = "keys.shown.rotated"
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	shown := admin.ShownKey{KeySecret: made, Call: d.base.Abs(paths.APIToken)}
	return respond.HTML(c, http.StatusOK, admin.KeySecret(page(c, "keys", text(c, title, "Name", k.Name)), shown))
}

func (d keyDoor) key(c echo.Context) error {
	k, err := d.accounts.KeyPage(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
	if err != nil {
		return err
	}
	return d.showKey(c, accounts.ChangeKey{Name: k.Name, Scopes: k.Scopes.Words(), Version: k.Version})(http.StatusOK, nil)
}

func (d keyDoor) showKey(c echo.Context, f accounts.ChangeKey) respond.Show {
	return func(status int, errs ui.Errors) error {
		k, err := d.accounts.KeyPage(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			f.Version = k.Version
		}
		return respond.HTML(c, status, admin.Key(page(c, "keys", k.Name), k, f, errs), respond.Part{ID: admin.KeyFormID, Component: admin.KeyForm(k.ID, f, errs)})
	}
}

func (d keyDoor) changeKey(c echo.Context) error {
	f := accounts.ChangeKey{Name: c.FormValue("name"), Scopes: c.Request().PostForm["scopes"], Version: version(c)}
	if err := d.accounts.ChangeKey(c.Request().Context(), middleware.MustUser(c), c.Param("id"), f); err != nil {
		return respond.Form(c, err, d.showKey(c, f))
	}
	respond.Flash(c, "keys.page.changed", "Name", f.Name)
	return respond.SeeOther(c, paths.Keys)
}

// version is that of the thing when its form was made; 0 when it says none.
func version(c echo.Context) int {
	n, _ := strconv.Atoi(c.FormValue("version"))
	return n
}

func (d keyDoor) rotation(c echo.Context) error {
	k, err := d.accounts.KeyPage(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
	if err != nil {
		return err
	}
	if !k.Live() {
		return respond.SeeOther(c, paths.Key(k.ID))
	}
	return d.showRotation(c, accounts.RotateKey{Grace: strconv.Itoa(accounts.KeyGraces()[1]), Version: k.Version, Press: seal.PublicID()})(http.StatusOK, nil)
}

func (d keyDoor) showRotation(c echo.Context, f accounts.RotateKey) respond.Show {
	return func(status int, errs ui.Errors) error {
		k, err := d.accounts.KeyPage(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			f.Version = k.Version
		}
		return respond.HTML(c, status, admin.KeyRotation(page(c, "keys", text(c, "keys.rotate.title", "Name", k.Name)), k, f, errs))
	}
}

func (d keyDoor) rotateKey(c echo.Context) error {
	f := accounts.RotateKey{Grace: c.FormValue("grace"), Version: version(c), Press: c.FormValue("press")}
	made, err := d.accounts.RotateKey(c.Request().Context(), middleware.MustUser(c), c.Param("id"), f)
	if err != nil {
		return respond.Form(c, err, d.showRotation(c, f))
	}
	return d.showSecret(c, made, true)
}

func (d keyDoor) endOldSecret(c echo.Context) error {
	if err := d.accounts.EndOldSecret(c.Request().Context(), middleware.MustUser(c), c.Param("id"), version(c)); err != nil {
		return err
	}
	respond.Flash(c, "keys.old.done")
	return respond.SeeOther(c, paths.Key(c.Param("id")))
}

func (d keyDoor) revokeKey(c echo.Context) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	k, err := d.accounts.KeyPage(ctx, user, c.Param("id"))
	if err != nil {
		return err
	}
	if err := d.accounts.RevokeKey(ctx, user, k.ID); err != nil {
		return err
	}
	respond.Flash(c, "keys.revoke.done", "Name", k.Name)
	return respond.SeeOther(c, paths.Keys)
}
