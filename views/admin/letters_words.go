package admin

import "context"

// replyHint says where answers go as long as nothing is typed.
func replyHint(ctx context.Context, contact string) string {
	if contact == "" {
		return t(ctx, "letters.sender.reply_to_none")
	}
	return t(ctx, "letters.sender.reply_to_hint", "Address", contact)
}
