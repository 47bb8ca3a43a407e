package paths

import "net/url"

// What a business looks like: its pages take the colours from a stylesheet and show its logo.
const (
	BrandSheetRoute = "/b/:slug/brand.css"
	LogoRoute       = "/b/:slug/logo"
)

// Where the look, the public address and the first run are set up.
const (
	Look            = "/admin/settings/look"
	LookPreview     = "/admin/settings/look/preview.css"
	Logo            = "/admin/settings/look/logo"
	LogoRemoval     = "/admin/settings/look/logo/removal"
	LogoRestoration = "/admin/settings/look/logo/restoration"
	PublicAddress   = "/admin/settings/address"
	Launch          = "/admin/launch"

	WelcomeProfile   = "/admin/welcome/profile"
	WelcomeHours     = "/admin/welcome/hours"
	WelcomeOffers    = "/admin/welcome/offers"
	WelcomeSkip      = "/admin/welcome/skip"
	WelcomeDismissal = "/admin/welcome/dismissal"
	WelcomeRecall    = "/admin/welcome/recall"
)

// BrandSheet is the stylesheet with a business's colours; version changes with what it says.
func BrandSheet(slug, version string) string {
	return fill(BrandSheetRoute, slug) + "?v=" + url.QueryEscape(version)
}

// LogoImage is the logo of a business; hash changes with the picture.
func LogoImage(slug, hash string) string {
	return fill(LogoRoute, slug) + "?v=" + url.QueryEscape(hash)
}

// PreviewSheet is the stylesheet of the look's preview in a colour, #rrggbb.
func PreviewSheet(colour string) string { return LookPreview + "?colour=" + url.QueryEscape(colour) }

// RestoreLogo takes the POST that brings a removed logo back.
func RestoreLogo(hash string) string { return LogoRestoration + "?hash=" + url.QueryEscape(hash) }

// WelcomeStep is one step of the first run.
func WelcomeStep(step string) string { return Welcome + "?step=" + url.QueryEscape(step) }
