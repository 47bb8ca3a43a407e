package middleware

import (
	"net"
	"net/netip"

	"github.com/labstack/echo/v4"
)

// Address tells whom a request comes from: the connection's other end, unless that is one of the trusted proxies, whose X-Forwarded-For is
// then read from its end up to the first address that is none of them.
func Address(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range trusted {
		bits := prefix.Addr().BitLen()
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: prefix.Masked().Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), bits)}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
