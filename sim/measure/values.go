package measure

import "math"

// Value is a measure that was taken.
type Value struct {
	Name    string
	Value   float64 // 0 where it is not defined
	Defined bool
}

// Values are measures in the order in which they were asked for.
type Values []Value

// Take takes the measures of these names. It panics for a name that no measure has.
func (l *Learned) Take(names []string) Values {
	v := make(Values, len(names))
	for i, name := range names {
		m, ok := Named(name)
		if !ok {
			panic("measure: no measure " + name)
		}
		v[i].Name = name
		v[i].Value, v[i].Defined = m.Of(l)
	}
	return v
}

// Of returns the measure of that name; ok is false if it was not taken or is not defined.
func (v Values) Of(name string) (value float64, ok bool) {
	for _, x := range v {
		if x.Name == name {
			return x.Value, x.Defined
		}
	}
	return 0, false
}

// Set sets the measure of that name, if it is among those that were asked for.
func (v Values) Set(name string, value float64) {
	for i := range v {
		if v[i].Name == name {
			v[i].Value, v[i].Defined = value, true
		}
	}
}

// Defined returns the measures that are defined and finite, by name.
func (v Values) Defined() map[string]float64 {
	all := map[string]float64{}
	for _, x := range v {
		if x.Defined && !math.IsInf(x.Value, 0) {
			all[x.Name] = x.Value
		}
	}
	return all
}
