// Command avogen writes the assembly of package kernel:
//
//	cd internal/kernel/avogen && go run . -out ../vector_amd64.s
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("!noasm")
	lossConstants()
	for _, l := range levels {
		widen(l)
		for _, n := range types {
			product(l, n, false)
			product(l, n, true)
			gather(l, n)
			subsetSumsOf(l, n)
			addSubsets(l, n)
			peak(l, n)
			updates(l, n)
			if n.size == 4 {
				poissonTerms32(l)
			} else {
				loss(l, n, "poissonTerms", "Σ ( v log(v/p) − v + p )", poissonTerm)
			}
			sum(l, n)
			newton(l, n)
			loss(l, n, "gaussianTerms", "Σ (v − p)²", gaussianTerm)
		}
	}
	Generate()
}
