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

// single returns a vector of sixteen equal numbers in float32, by their bits.
func single(bits uint32) Mem { return constant(uint64(bits)<<32 | uint64(bits)) }

// lossConstants makes every constant.
func lossConstants() {
	for _, bits := range []uint64{0x7fffffffffffffff, rounding, exponent, magic, infinity, normal} {
		constant(bits)
	}
	for _, x := range append(atanh(atanhTerms), magicNumber, ln2High, ln2Low, smallest) {
		eight(x)
	}
	for _, bits := range []uint32{0x7fffffff, rounding32, infinity32, normal32, lift32, lifted32, smallest32} {
		single(bits)
	}
	for _, x := range append(atanh(atanhTerms32), math.Ln2) {
		single(math.Float32bits(float32(x)))
	}
}

// The parts of log(v/p). As integers the bits of positive numbers grow with their
// logarithms, from power to power of two as a line does, so that k, the difference of the bits
// of v and p in units of an exponent, rounded, is log₂(v/p) to 0.59. With p' = 2ᵏ p and
//
//	s = (v − p')/(v + p')        |s| ≤ 1/5
//
// log(v/p) = k log 2 + 2 atanh s, with one division and a difference without rounding.
const (
	// rounding is half an exponent, and the sign bit, which keeps the sum from borrowing and
	// is the sign of −p' later.
	rounding = 1<<63 | 1<<51
	exponent = 0xfff0000000000000
	magic    = 0x4330000000000000 // bits of 2⁵²: an integer or-ed to them is added
	infinity = 0x7ff0000000000000
	normal   = 0x0010000000000000 // the smallest normal number

	magicNumber = 1<<52 + 2048

	// smallest stands for smaller v, so that no p' is slow: what it adds is nothing to be seen.
	smallest = 0x1p-900

	ln2High = 0x1.62e42feep-1 // 32 bits: its products with exponents are exact
	ln2Low  = math.Ln2 - ln2High

	rounding32 = 1 << 22
	infinity32 = 0x7f800000
	normal32   = 0x00800000
	lift32     = (127 + 24) << 23 // bits of 2²⁴
	lifted32   = 24
	smallest32 = (127 - 100) << 23

	atanhTerms   = 10
	atanhTerms32 = 4
)

// atanh returns 2/3, 2/5, ...: with z = s², 2 atanh s = 2 s + s z (2/3 + z (2/5 + ...)). For
// |s| ≤ 1/5 ten terms leave 2⁻⁵⁵ of the whole, four 2⁻²⁶.
func atanh(terms int) (c []float64) {
	for k := range terms {
		c = append(c, 2/float64(2*k+3))
	}
	return c
}

// logQuotient returns log(v/p) for normal v, p > 0.
func (m machine) logQuotient(v, p VecVirtual) VecVirtual {
	bits, e, minus := m.reg(), m.reg(), m.reg()
	VPSUBQ(p, v, bits)
	VPADDQ(constant(rounding), bits, bits) // k + 2048 in the exponent
	VPSRLQ(Imm(52), bits, e)
	m.integer(func(c Mem, x, y Op) { VPORQ(c, x, y) }, func(c Mem, x, y Op) { VPOR(c, x, y) }, magic, e)
	VSUBPD(eight(magicNumber), e, e)
	m.integer(func(c Mem, x, y Op) { VPANDQ(c, x, y) }, func(c Mem, x, y Op) { VPAND(c, x, y) }, exponent, bits)
	VPADDQ(bits, p, minus) // −p'
	s, z, sum := m.reg(), m.reg(), m.reg()
	VSUBPD(minus, v, z)
	VADDPD(minus, v, s)
	VDIVPD(z, s, s)
	VMULPD(s, s, z)
	c := atanh(atanhTerms)
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

// inLanes emits a sum over n elements in float64 of terms that are computed in float64.
func inLanes(l level, n number, name, formula string, arrays []string, term func(m machine, x []VecVirtual) VecVirtual) {
	m := machine{l, number{n.name, 8}}
	lanes := m.bytes / 8
	inEights(m, n.size, name+n.name+l.name, formula, arrays, func(at []Register) (terms []VecVirtual) {
		for k := 0; k < 8; k += lanes {
			var x []VecVirtual
			for _, base := range at {
				x = append(x, m.double(n, base, k))
			}
			terms = append(terms, term(m, x))
		}
		return terms
	})
}

// inEights emits a sum over n elements of arrays of numbers of that size, n a multiple of
// eight, in float64. Terms returns those of eight elements, in one vector or two; lane l adds up
// elements l, l+8, ...; the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)).
func inEights(m machine, size int, name, formula string, arrays []string, terms func(at []Register) []VecVirtual) {
	signature := "func("
	for _, a := range arrays {
		signature += fmt.Sprintf("%s *float%d, ", a, 8*size)
	}
	TEXT(name, NOSPLIT, signature+"n int) float64")
	Doc(name + " computes " + formula + ", in float64.")
	var at []Register
	for _, a := range arrays {
		at = append(at, Load(Param(a), GP64()))
	}
	left := Load(Param("n"), GP64())
	var sums []VecVirtual
	for k := 0; k < 8; k += m.bytes / 8 {
		sum := m.reg()
		m.zero(sum)
		sums = append(sums, sum)
	}
	Label("eight")
	CMPQ(left, Imm(8))
	JLT(LabelRef("done"))
	for k, x := range terms(at) {
		VADDPD(x, sums[k], sums[k])
	}
	for _, base := range at {
		ADDQ(Imm(uint64(8*size)), base)
	}
	SUBQ(Imm(8), left)
	JMP(LabelRef("eight"))
	Label("done")
	one := m.addLanes(sums)
	VZEROUPPER()
	Store(one, ReturnIndex(0))
	RET()
}

// addLanes adds up eight lanes in one or two vectors, as [inEights] says.
func (m machine) addLanes(sums []VecVirtual) Register {
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
	return one
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

// poissonTerm returns v log(v/p) − v + p; p − v where v is not a normal number, and +Inf
// where p alone is none.
func poissonTerm(m machine, v, p VecVirtual) VecVirtual {
	seen := m.reg()
	VMAXPD(eight(smallest), v, seen)
	log := m.logQuotient(seen, p)
	const less, notLess = U8(1), U8(5)
	if m.wide() {
		infinite, shown := K(), K()
		VCMPPD(less, constant(normal), p, infinite)
		VMOVUPD(constant(infinity), infinite, log)
		VCMPPD(notLess, constant(normal), v, shown)
		VMOVUPD_Z(log, shown, log)
	} else {
		infinite, shown := m.reg(), m.reg()
		VCMPPD(less, constant(normal), p, infinite)
		VBLENDVPD(infinite, constant(infinity), log, log)
		VCMPPD(notLess, constant(normal), v, shown)
		VANDPD(shown, log, log)
	}
	VFMSUB213PD(v, v, log)
	VADDPD(p, log, log)
	return log
}

// poissonTerms32 emits the sum of the terms of the divergence over n stimuli and predictions
// in float32. A term is computed in float32: by a rounding or two it is as wrong as
// the rounding of p makes it, by |v − p| each. The sum is in float64. Both levels use the
// same instructions up to it, on vectors of eight.
func poissonTerms32(l level) {
	m := machine{l, number{"F32", 8}}
	inEights(m, 4, "poissonTermsF32"+l.name, "Σ ( v log(v/p) − v + p )", []string{"v", "p"}, func(at []Register) []VecVirtual {
		v, p, lifted, tiny := YMM(), YMM(), YMM(), YMM()
		VMOVUPS(Mem{Base: at[0]}, v)
		VMOVUPS(Mem{Base: at[1]}, p)
		const less, equal, notLess = U8(1), U8(0), U8(5)
		// A prediction that is not a normal number is lifted by 2²⁴.
		VCMPPS(less, single(normal32), p, tiny)
		VMULPS(single(lift32), p, lifted)
		VBLENDVPS(tiny, lifted, p, lifted)
		bits, k, near, seen := YMM(), YMM(), YMM(), YMM()
		VMAXPS(single(smallest32), v, seen)
		VPSUBD(lifted, seen, bits)
		VPADDD(single(rounding32), bits, bits)
		VPSRAD(Imm(23), bits, k)
		VPSLLD(Imm(23), k, near)
		VPADDD(near, lifted, near) // p'
		s, z, sum := YMM(), YMM(), YMM()
		VADDPS(near, seen, z)
		VSUBPS(near, seen, s)
		VDIVPS(z, s, s)
		VMULPS(s, s, z)
		c := atanh(atanhTerms32)
		coefficient := func(k int) Mem { return single(math.Float32bits(float32(c[k]))) }
		VMOVUPS(coefficient(len(c)-1), sum)
		for k := len(c) - 2; k >= 0; k-- {
			VFMADD213PS(coefficient(k), z, sum)
		}
		VMULPS(z, sum, sum)
		log := YMM()
		VADDPS(s, s, log)
		VFMADD231PS(s, sum, log)
		VPAND(single(lifted32), tiny, tiny)
		VPADDD(tiny, k, k)
		VCVTDQ2PS(k, k)
		VFMADD231PS(single(math.Float32bits(math.Ln2)), k, log)
		zero, infinite, shown := YMM(), YMM(), YMM()
		VXORPS(zero, zero, zero)
		VCMPPS(equal, zero, p, infinite)
		VBLENDVPS(infinite, single(infinity32), log, log)
		VCMPPS(notLess, single(normal32), v, shown)
		VANDPS(shown, log, log)
		difference := YMM()
		VSUBPS(p, v, difference)
		VFMSUB213PS(difference, v, log)
		return m.widened(log)
	})
}

// widened returns eight numbers in float64.
func (m machine) widened(x VecVirtual) []VecVirtual {
	if m.wide() {
		all := ZMM()
		VCVTPS2PD(x, all)
		return []VecVirtual{all}
	}
	low, high, half := YMM(), YMM(), XMM()
	VCVTPS2PD(x.AsX(), low)
	VEXTRACTF128(Imm(1), x, half)
	VCVTPS2PD(half, high)
	return []VecVirtual{low, high}
}

// gaussianTerm returns (v − p)².
func gaussianTerm(m machine, v, p VecVirtual) VecVirtual {
	d := m.reg()
	VSUBPD(p, v, d)
	VMULPD(d, d, d)
	return d
}
