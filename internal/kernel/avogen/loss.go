package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// constants are vectors of eight equal numbers, by their bits.
var constants = map[uint64]Mem{}

// constant returns a vector of eight numbers with these bits.
func constant(bits uint64) Mem {
	if m, ok := constants[bits]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("eight_%016x", bits), RODATA|NOPTR)
	for k := range 8 {
		DATA(8*k, U64(bits))
	}
	constants[bits] = m
	return m
}

func eight(x float64) Mem { return constant(math.Float64bits(x)) }

// lossConstants makes every constant.
func lossConstants() {
	for _, bits := range []uint64{0x7fffffffffffffff, 0x7fffffff7fffffff, rootHalf, oneLessRootHalf, mantissa, magic, infinity} {
		constant(bits)
	}
	for _, x := range append(atanh(), 1, 2, ln2High, ln2Low, magicNumber) {
		eight(x)
	}
}

// The parts of the logarithm. A number is split as 2ᵉ m with m in [√½, √2); adding
// the difference of 1 and √½ to its bits carries into the exponent just where m
// would be √2 or more.
const (
	rootHalf        = 0x3fe6a09e667f3bcd // bits of √½
	oneLessRootHalf = 0x3ff0000000000000 - rootHalf
	mantissa        = 0x000fffffffffffff
	magic           = 0x4330000000000000 // bits of 2⁵²: an integer or-ed to them is added
	infinity        = 0x7ff0000000000000

	magicNumber = 1<<52 + 1023

	ln2High = 0x1.62e42feep-1 // 32 bits: its products with exponents are exact
	ln2Low  = math.Ln2 - ln2High
)

// atanh returns 2/3, 2/5, ..., 2/19: with z = s², 2 atanh s = 2 s + s z (2/3 + z (2/5 + ...)).
// For |s| ≤ (√2−1)/(√2+1) the next term is below 2⁻⁵⁵ of the whole.
func atanh() (c []float64) {
	for k := 3; k <= 19; k += 2 {
		c = append(c, 2/float64(k))
	}
	return c
}

// logarithm returns log t for normal t > 0.
func (m machine) logarithm(t VecVirtual) VecVirtual {
	bits, e, f := m.reg(), m.reg(), m.reg()
	VPADDQ(constant(oneLessRootHalf), t, bits)
	VPSRLQ(Imm(52), bits, e)
	m.integer(func(c Mem, x, y Op) { VPORQ(c, x, y) }, func(c Mem, x, y Op) { VPOR(c, x, y) }, magic, e)
	VSUBPD(eight(magicNumber), e, e)
	m.integer(func(c Mem, x, y Op) { VPANDQ(c, x, y) }, func(c Mem, x, y Op) { VPAND(c, x, y) }, mantissa, bits)
	VPADDQ(constant(rootHalf), bits, f)
	VSUBPD(eight(1), f, f)
	s, z, sum := m.reg(), m.reg(), m.reg()
	VADDPD(eight(2), f, s)
	VDIVPD(s, f, s)
	VMULPD(s, s, z)
	c := atanh()
	m.load(eight(c[len(c)-1]), sum)
	for k := len(c) - 2; k >= 0; k-- {
		VFMADD213PD(eight(c[k]), z, sum)
	}
	VMULPD(z, sum, sum)
	VMULPD(s, sum, sum)
	VFMADD231PD(eight(ln2Low), e, sum)
	VADDPD(s, s, s)
	VADDPD(s, sum, sum)
	VFMADD231PD(eight(ln2High), e, sum)
	return sum
}

// integer emits x ← x op constant, in the spelling of the level.
func (m machine) integer(wide, narrow func(c Mem, x, y Op), bits uint64, x VecVirtual) {
	if m.wide() {
		wide(constant(bits), x, x)
		return
	}
	narrow(constant(bits), x, x)
}

// loss emits the sum of the terms of an objective over n stimuli and predictions.
func loss(l level, n number, name, formula string, term func(m machine, v, p VecVirtual) VecVirtual) {
	inLanes(l, n, name, formula, []string{"v", "p"}, func(m machine, x []VecVirtual) VecVirtual { return term(m, x[0], x[1]) })
}

// sum emits the sum of n numbers.
func sum(l level, n number) {
	inLanes(l, n, "sum", "Σ x", []string{"x"}, func(_ machine, x []VecVirtual) VecVirtual { return x[0] })
}

// inLanes emits a sum over n elements, n a multiple of eight, in float64: lane l
// adds up elements l, l+8, ...; the lanes are added as
// ((0+4)+(2+6)) + ((1+5)+(3+7)).
func inLanes(l level, n number, name, formula string, arrays []string, term func(m machine, x []VecVirtual) VecVirtual) {
	m := machine{l, number{n.name, 8}}
	signature := "func("
	for _, a := range arrays {
		signature += fmt.Sprintf("%s *float%d, ", a, 8*n.size)
	}
	TEXT(name+n.name+l.name, NOSPLIT, signature+"n int) float64")
	Doc(name + n.name + l.name + " computes " + formula + ", in float64.")
	var at []Register
	for _, a := range arrays {
		at = append(at, Load(Param(a), GP64()))
	}
	left := Load(Param("n"), GP64())
	lanes := m.bytes / 8
	var sums []VecVirtual
	for range 8 / lanes {
		sum := m.reg()
		m.zero(sum)
		sums = append(sums, sum)
	}
	Label("eight")
	CMPQ(left, Imm(8))
	JLT(LabelRef("done"))
	for k, sum := range sums {
		var x []VecVirtual
		for _, base := range at {
			x = append(x, m.double(n, base, k*lanes))
		}
		VADDPD(term(m, x), sum, sum)
	}
	for _, base := range at {
		ADDQ(Imm(uint64(8*n.size)), base)
	}
	SUBQ(Imm(8), left)
	JMP(LabelRef("eight"))
	Label("done")
	four := YMM()
	if m.wide() {
		VEXTRACTF64X4(Imm(1), sums[0], four)
		VADDPD(four, sums[0].AsY(), four)
	} else {
		VADDPD(sums[1], sums[0], four)
	}
	two := XMM()
	VEXTRACTF128(Imm(1), four, two)
	VADDPD(two, four.AsX(), two)
	one := XMM()
	VPERMILPD(Imm(1), two, one)
	VADDSD(one, two, one)
	VZEROUPPER()
	Store(one, ReturnIndex(0))
	RET()
}

// double loads numbers as float64 from an element on.
func (m machine) double(n number, base Register, element int) VecVirtual {
	x := m.reg()
	from := Mem{Base: base, Disp: element * n.size}
	if n.size == 4 {
		VCVTPS2PD(from, x)
	} else {
		m.load(from, x)
	}
	return x
}

// poissonTerm returns v log(v/p) − v + p; p where v is 0; +Inf where v/p is.
func poissonTerm(m machine, v, p VecVirtual) VecVirtual {
	t := m.reg()
	VDIVPD(p, v, t)
	log := m.logarithm(t)
	const equal, unequal = U8(0), U8(4)
	zero := m.reg()
	m.zero(zero)
	if m.wide() {
		infinite, shown := K(), K()
		VCMPPD(equal, constant(infinity), t, infinite)
		VMOVUPD(constant(infinity), infinite, log)
		VCMPPD(unequal, zero, v, shown)
		VMULPD_Z(v, log, shown, log)
	} else {
		infinite, shown := m.reg(), m.reg()
		VCMPPD(equal, constant(infinity), t, infinite)
		VBLENDVPD(infinite, constant(infinity), log, log)
		VCMPPD(unequal, zero, v, shown)
		VMULPD(v, log, log)
		VANDPD(shown, log, log)
	}
	VSUBPD(v, log, log)
	VADDPD(p, log, log)
	return log
}

// gaussianTerm returns (v − p)².
func gaussianTerm(m machine, v, p VecVirtual) VecVirtual {
	d := m.reg()
	VSUBPD(p, v, d)
	VMULPD(d, d, d)
	return d
}
