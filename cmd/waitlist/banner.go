package main

import (
	"fmt"
	"io"
	"net"
)

// banner tells the person who started the program where to go. Production's log needs no banner.
func banner(w io.Writer, o *opened) {
	c := o.config
	if c.Production {
		return
	}
	fmt.Fprintf(w, "\n  Waitlist is ready:  %s\n", c.BaseURL)
	if !c.Sends() {
		fmt.Fprintf(w, "  Sent mail is at:    %s/mailbox  (nothing leaves this machine)\n", c.BaseURL)
	}
	if o.servers != nil {
		fmt.Fprintf(w, "  Your data is in:    %s\n", o.servers.Dir())
	}
	if address := lanAddress(); address != "" && c.BaseURL == fmt.Sprintf("http://localhost:%d", c.Port) {
		fmt.Fprintf(w, "  From a phone:       start with BASE_URL=http://%s:%d and open that address there\n", address, c.Port)
	}
	fmt.Fprint(w, "  To stop:            Ctrl-C\n\n")
}

// lanAddress is this machine's first private IPv4 address, or empty.
func lanAddress() string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range addresses {
		if network, ok := a.(*net.IPNet); ok && network.IP.To4() != nil && network.IP.IsPrivate() {
			return network.IP.String()
		}
	}
	return ""
}
