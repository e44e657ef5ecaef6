package stimulus

import (
	"fmt"
	"slices"
)

// stimulusArrays are the names of arrays that are taken for the stimuli if a file holds
// several arrays.
var stimulusArrays = []string{"V", "stimuli", "X", "data", "fea", "faces", "arr_0"}

// chooseArray returns which array of a file is read: the wanted one or, if none is named, the
// only one or the first of [stimulusArrays] that there is.
func chooseArray(names []string, wanted, file string) (int, error) {
	if wanted == "" && len(names) == 1 {
		return 0, nil
	}
	candidates := []string{wanted}
	if wanted == "" {
		candidates = stimulusArrays
	}
	for _, c := range candidates {
		if i := slices.Index(names, c); i >= 0 {
			return i, nil
		}
	}
	return 0, fmt.Errorf("there are arrays %q; choose one with --set stimulus.path=%s:NAME", names, file)
}
