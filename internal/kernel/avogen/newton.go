package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// newton emits the sums of a Newton step over n elements, n a multiple of eight, after the step before has moved
// the predictions: p ← max(0, p + x z), then sums = Σ y v/p and Σ y² v/p² in float64, without terms
// where p is below the smallest that counts.
func newton(l level, n number) {
	m := machine{l, number{n.name, 8}}
	TEXT("newton"+n.name+l.name, NOSPLIT, fmt.Sprintf("func(p, v, y, z *float%d, n int, x float%d, sums *float64)", 8*n.size, 8*n.size))
	Doc("newton" + n.name + l.name + " computes p ← max(0, p + x z), then Σ y v/p and Σ y² v/p², in float64.")
	p, v, y, z := Load(Param("p"), GP64()), Load(Param("v"), GP64()), Load(Param("y"), GP64()), Load(Param("z"), GP64())
	left, out := Load(Param("n"), GP64()), Load(Param("sums"), GP64())
	addr, err := Param("x").Resolve()
	if err != nil {
		panic(err)
	}
	of := m
	if n.size == 4 { // eight numbers are half a wide vector
		of = machine{levels[1], number{n.name, 4}}
	}
	x, zero := of.reg(), of.reg()
	of.broadcast(addr.Addr, x)
	of.zero(zero)
	lanes := m.bytes / 8
	var reached, curved []VecVirtual
	for k := 0; k < 8; k += lanes {
		r, c := m.reg(), m.reg()
		m.zero(r)
		m.zero(c)
		reached, curved = append(reached, r), append(curved, c)
	}
	Label("eight")
	CMPQ(left, Imm(8))
	JLT(LabelRef("done"))
	var wide []VecVirtual // p in float64
	if n.size == 4 {
		q, by := YMM(), YMM()
		VMOVUPS(Mem{Base: p}, q)
		VMOVUPS(Mem{Base: z}, by)
		VFMADD231PS(x, by, q)
		VMAXPS(zero, q, q)
		VMOVUPS(q, Mem{Base: p})
		if m.wide() {
			d := ZMM()
			VCVTPS2PD(q, d)
			wide = append(wide, d)
		} else {
			low, high, upper := YMM(), YMM(), XMM()
			VCVTPS2PD(q.AsX(), low)
			VEXTRACTF128(Imm(1), q, upper)
			VCVTPS2PD(upper, high)
			wide = append(wide, low, high)
		}
	}
	for k := 0; k < 8; k += lanes {
		var q VecVirtual
		if n.size == 4 {
			q = wide[k/lanes]
		} else {
			by := m.reg()
			q = m.double(n, p, k)
			m.load(Mem{Base: z, Disp: 8 * k}, by)
			VFMADD231PD(x, by, q)
			VMAXPD(zero, q, q)
			m.store(q, Mem{Base: p, Disp: 8 * k})
		}
		u, shown := m.double(n, y, k), m.double(n, v, k)
		const notLess = U8(5)
		if m.wide() {
			counts := K()
			VCMPPD(notLess, eight(smallest), q, counts)
			VDIVPD_Z(q, u, counts, u)
		} else {
			counts := m.reg()
			VCMPPD(notLess, eight(smallest), q, counts)
			VDIVPD(q, u, u)
			VANDPD(counts, u, u)
		}
		VMULPD(u, shown, shown)
		VADDPD(shown, reached[k/lanes], reached[k/lanes])
		VFMADD231PD(u, shown, curved[k/lanes])
	}
	for _, base := range []Register{p, v, y, z} {
		ADDQ(Imm(uint64(8*n.size)), base)
	}
	SUBQ(Imm(8), left)
	JMP(LabelRef("eight"))
	Label("done")
	VMOVSD(m.addLanes(reached).(VecVirtual), Mem{Base: out})
	VMOVSD(m.addLanes(curved).(VecVirtual), Mem{Base: out, Disp: 8})
	VZEROUPPER()
	RET()
}
