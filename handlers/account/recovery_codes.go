package account

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

// The browser keeps fresh codes, encrypted, until their owner says that they are kept elsewhere: nobody else can show them again.
const (
	codesCookie = "codes"
	codesLast   = 600 // seconds
)

// keepCodes leads to the page that shows the codes.
func keepCodes(c echo.Context, codes []string) error {
	if len(codes) > 0 {
		kept := middleware.MustUser(c).PublicID + " " + strings.Join(codes, " ")
		if err := middleware.SetCookie(c, codesCookie, kept, codesLast); err != nil {
			return err
		}
	}
	return respond.SeeOther(c, paths.RecoveryCodes)
}

// keptCodes are those that this browser keeps for whoever is logged in.
func keptCodes(c echo.Context) []string {
	whose, codes, _ := strings.Cut(middleware.Cookie(c, codesCookie), " ")
	if whose != middleware.MustUser(c).PublicID {
		return nil
	}
	return strings.Fields(codes)
}

func (d door) recoveryCodes(c echo.Context) error {
	codes, title := keptCodes(c), "factor.codes.title"
	if len(codes) == 0 {
		title = "factor.codes.gone_title"
	}
	return respond.HTML(c, http.StatusOK, account.RecoveryCodes(accountPage(c, text(c, title)), codes))
}

// recoveryCodesFile is the codes as a text to be saved.
func (d door) recoveryCodesFile(c echo.Context) error {
	codes := keptCodes(c)
	if len(codes) == 0 {
		return respond.SeeOther(c, paths.RecoveryCodes)
	}
	head := text(c, "factor.codes.file_head", "Site", d.accounts.Site(), "Email", middleware.MustUser(c).Email)
	lines := []string{head, text(c, "factor.codes.file_once"), ""}
	c.Response().Header().Set(echo.HeaderContentDisposition, fmt.Sprintf("attachment; filename=%q", "recovery-codes.txt"))
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(strings.Join(append(lines, codes...), "\r\n")+"\r\n"))
}

func (d door) recoveryCodesKept(c echo.Context) error {
	middleware.DropCookie(c, codesCookie)
	return respond.SeeOther(c, paths.SecondFactor)
}

func (d door) newRecoveryCodes(c echo.Context) error {
	return respond.NewForm(d.showNewCodes(c, seal.PublicID()))
}

func (d door) makeRecoveryCodes(c echo.Context) error {
	press := c.FormValue("press")
	codes, err := d.accounts.NewRecoveryCodes(c.Request().Context(), middleware.MustUser(c), proofOf(c), press)
	if err != nil {
		return respond.Form(c, err, d.showNewCodes(c, press))
	}
	return keepCodes(c, codes)
}

func (d door) showNewCodes(c echo.Context, press string) respond.Show {
	return func(status int, errs ui.Errors) error {
		has, err := d.hasPasskey(c)
		if err != nil {
			return err
		}
		return respond.HTML(c, status, account.RecoveryCodesNew(accountPage(c, text(c, "factor.codes.new_title")), press, has, errs))
	}
}
