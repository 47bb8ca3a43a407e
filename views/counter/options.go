package counter

import (
	"context"
	"slices"
	"strconv"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/views/ui"
)

// serviceOptions list the services with their lengths; none, when not empty, is the choice of no service in particular.
func serviceOptions(ctx context.Context, c Choices, chosen, none string) []ui.Option {
	var options []ui.Option
	if none != "" {
		options = append(options, ui.Option{Text: none, Chosen: chosen == ""})
	}
	for _, s := range c.Services {
		options = append(options, ui.Option{
			Value: s.ID, Text: s.Name + " · " + i18n.From(ctx).Minutes(s.Duration), Group: s.Category, Chosen: s.ID == chosen,
		})
	}
	return options
}

// levels of priority, the highest first.
var levels = []string{"3", "2", "1", "0", "-1", "-2", "-3"}

func priorityOptions(ctx context.Context, chosen string) []ui.Option {
	options := make([]ui.Option, len(levels))
	for i, level := range levels {
		options[i] = ui.Option{Value: level, Text: priorityName(ctx, PriorityOf(level)), Chosen: level == chosen}
	}
	return options
}

// PriorityOf is the level typed, and one that is refused for anything else.
func PriorityOf(typed string) int {
	if !slices.Contains(levels, typed) {
		return 99
	}
	level, _ := strconv.Atoi(typed) // one of the levels
	return level
}
