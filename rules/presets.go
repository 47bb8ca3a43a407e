package rules

// Preset names weights that suit a purpose.
type Preset string

// The presets; PresetOwn stands for all other weights.
const (
	PresetBalanced  Preset = "balanced"
	PresetFirstCome Preset = "first_come"
	PresetLoyal     Preset = "loyal_first"
	PresetFastest   Preset = "fill_fastest"
	PresetOwn       Preset = "own"
)

// Presets are all of them, in the order in which they are shown.
func Presets() []Preset { return []Preset{PresetBalanced, PresetFirstCome, PresetLoyal, PresetFastest} }

// Weights are those of a preset; ok is false for PresetOwn and what is no preset.
func (p Preset) Weights() (w Weights, ok bool) {
	w = DefaultWeights()
	switch p {
	case PresetBalanced:
	case PresetFirstCome: // waiting alone, and what staff decided by hand
		w = Weights{WaitPerHour: w.WaitPerHour, PriorityPerLevel: w.PriorityPerLevel}
	case PresetLoyal: // a visit is worth ten hours of waiting, up to more than a week of it
		w.LoyaltyPerVisit, w.LoyaltyMost, w.NoShow, w.NoShowMost, w.Flexibility = 100, 2000, 200, 1000, 0
	case PresetFastest: // who answers, comes whenever asked, and is asked for what they like best
		w.Reliability, w.Flexibility, w.NoShow, w.NoShowMost, w.PreferredStaff, w.PreferredTime = 600, 400, 300, 1500, 150, 150
		w.LoyaltyPerVisit, w.LoyaltyMost, w.WaitPerHour = 10, 100, 5
	default:
		return Weights{}, false
	}
	return w, true
}

// PresetOf names the preset that has exactly these weights, or PresetOwn.
func PresetOf(w Weights) Preset {
	for _, p := range Presets() {
		if of, _ := p.Weights(); of == w {
			return p
		}
	}
	return PresetOwn
}
