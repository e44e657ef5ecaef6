package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// peakChains is the number of independent sums of [peak]: enough for the latency
// of a fused product on every processor, few enough for the registers.
const peakChains = 12

// peak emits fused products that touch registers alone: what the processor can
// do at most, to hold the kernels against.
func peak(l level, n number) {
	m := machine{l, n}
	TEXT("peak"+n.name+l.name, NOSPLIT, "func(rounds int)")
	Doc("peak" + n.name + l.name + " computes twelve vectors of fused products a round, in registers.")
	left := Load(Param("rounds"), GP64())
	x, y := m.reg(), m.reg()
	m.zero(x)
	m.zero(y)
	var sums [peakChains]Op
	for i := range sums {
		sum := m.reg()
		m.zero(sum)
		sums[i] = sum
	}
	Label("round")
	for _, sum := range sums {
		m.addProduct(x, y, sum)
	}
	DECQ(left)
	JNE(LabelRef("round"))
	VZEROUPPER()
	RET()
}
