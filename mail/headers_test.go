package mail

import "testing"

func TestBothSendersTellWhereAnswersGoAndHowToUnsubscribe(t *testing.T) {
	p := newProvider(t)
	m := Message{
		ID: "id", Date: noon, FromName: "Studio Nord", To: "amara@example.org", Subject: "Hello", Text: "t", HTML: "h",
		ReplyTo: "hallo@studio-nord.de", Unsubscribe: "https://wait.example/unsubscribe/token",
	}
	if err := p.sender().Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	l := p.letters()[0]
	if l.ReplyTo == nil || l.ReplyTo.Email != m.ReplyTo || l.Headers["List-Unsubscribe"] != "<"+m.Unsubscribe+">" || l.Headers["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click" {
		t.Errorf("SendGrid was told %+v, %+v", l.ReplyTo, l.Headers)
	}
	b, _ := openMailbox(t)
	keep(t, b, m)
	if got := only(t, b); got.ReplyTo != m.ReplyTo || got.Unsubscribe != m.Unsubscribe {
		t.Errorf("the mailbox kept %+v", got)
	}
}

func TestAnAddressCannotAddAHeader(t *testing.T) {
	b, _ := openMailbox(t)
	keep(t, b, Message{ID: "id", Date: noon, To: "a@example.org", Subject: "s", ReplyTo: "a@b.example\r\nBcc: all@example.org", Unsubscribe: "https://x/\r\nBcc: all@example.org"})
	if got := only(t, b); got.Text != "" || got.Unsubscribe != "https://x/ Bcc: all@example.org" || got.ReplyTo != "a@b.example Bcc: all@example.org" {
		t.Errorf("kept %+v", got)
	}
}
