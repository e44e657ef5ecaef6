package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// elementwise emits a function over n elements, n a multiple of the lanes: body
// is called for one vector of each of the arrays and returns what is stored into
// the first.
func elementwise(l level, n number, name, formula string, arrays, scalars []string, body func(m machine, x, scalar []VecVirtual) VecVirtual) {
	m := machine{l, n}
	signature := "func("
	for _, a := range arrays {
		signature += fmt.Sprintf("%s *float%d, ", a, 8*n.size)
	}
	signature += "n int"
	for _, s := range scalars {
		signature += fmt.Sprintf(", %s float%d", s, 8*n.size)
	}
	TEXT(name+n.name+l.name, NOSPLIT, signature+")")
	Doc(name + n.name + l.name + " computes " + formula + ".")
	var at []Register
	for _, a := range arrays {
		at = append(at, Load(Param(a), GP64()))
	}
	left := Load(Param("n"), GP64())
	var constants []VecVirtual
	for _, s := range scalars {
		all := m.reg()
		addr, err := Param(s).Resolve()
		if err != nil {
			panic(err)
		}
		m.broadcast(addr.Addr, all)
		constants = append(constants, all)
	}
	lanes := uint64(l.bytes / n.size)
	Label("vector")
	CMPQ(left, Imm(lanes))
	JLT(LabelRef("done"))
	var x []VecVirtual
	for _, base := range at {
		v := m.reg()
		m.load(Mem{Base: base}, v)
		x = append(x, v)
	}
	m.store(body(m, x, constants), Mem{Base: at[0]})
	for _, base := range at {
		ADDQ(Imm(uint64(l.bytes)), base)
	}
	SUBQ(Imm(lanes), left)
	JMP(LabelRef("vector"))
	Label("done")
	VZEROUPPER()
	RET()
}

// flush returns x, and 0 where its magnitude is below the floor.
func (m machine) flush(x, floor VecVirtual) VecVirtual {
	const notLess = U8(5)
	size := m.reg()
	mask := constant(0x7fffffffffffffff)
	if m.size == 4 {
		mask = constant(0x7fffffff7fffffff)
	}
	m.either(func() { VANDPS(mask, x, size) }, func() { VANDPD(mask, x, size) })
	if m.wide() {
		kept := K()
		m.either(func() { VCMPPS(notLess, floor, size, kept) }, func() { VCMPPD(notLess, floor, size, kept) })
		m.either(func() { VMOVUPS_Z(x, kept, x) }, func() { VMOVUPD_Z(x, kept, x) })
		return x
	}
	m.either(func() { VCMPPS(notLess, floor, size, size) }, func() { VCMPPD(notLess, floor, size, size) })
	m.either(func() { VANDPS(size, x, x) }, func() { VANDPD(size, x, x) })
	return x
}

func (m machine) multiply(a, b, out Op) {
	m.either(func() { VMULPS(a, b, out) }, func() { VMULPD(a, b, out) })
}

// updates emits the elementwise kernels of a level and a type of numbers.
func updates(l level, n number) {
	elementwise(l, n, "update", "h ← h drive/(cost − against), 0 where that is 0",
		[]string{"h", "drive", "against"}, []string{"cost"},
		func(m machine, x, scalar []VecVirtual) VecVirtual {
			h, drive, against := x[0], x[1], x[2]
			m.either(func() { VSUBPS(against, scalar[0], against) }, func() { VSUBPD(against, scalar[0], against) })
			m.multiply(drive, h, h)
			m.quotient(h, against, h)
			return h
		})
	for halvings := 1; halvings <= 3; halvings++ {
		elementwise(l, n, fmt.Sprintf("relax%d", halvings), fmt.Sprintf("x ← x (x/old)^(1 − 2^−%d), 0 where old is 0", halvings),
			[]string{"x", "old"}, nil,
			func(m machine, x, _ []VecVirtual) VecVirtual {
				root := m.reg()
				m.quotient(x[0], x[1], root)
				for range halvings {
					m.either(func() { VSQRTPS(root, root) }, func() { VSQRTPD(root, root) })
					m.multiply(root, x[0], x[0])
				}
				return x[0]
			})
	}
	elementwise(l, n, "multiply", "out ← a b",
		[]string{"out", "a", "b"}, nil,
		func(m machine, x, _ []VecVirtual) VecVirtual {
			m.multiply(x[1], x[2], x[0])
			return x[0]
		})
	elementwise(l, n, "divide", "x ← x/by",
		[]string{"x"}, []string{"by"},
		func(m machine, x, scalar []VecVirtual) VecVirtual {
			m.either(func() { VDIVPS(scalar[0], x[0], x[0]) }, func() { VDIVPD(scalar[0], x[0], x[0]) })
			return x[0]
		})
	elementwise(l, n, "add", "to ← to + x",
		[]string{"to", "x"}, nil,
		func(m machine, x, _ []VecVirtual) VecVirtual {
			m.either(func() { VADDPS(x[1], x[0], x[0]) }, func() { VADDPD(x[1], x[0], x[0]) })
			return x[0]
		})
	elementwise(l, n, "flush", "x ← 0 where its magnitude is below the floor",
		[]string{"x"}, []string{"floor"},
		func(m machine, x, scalar []VecVirtual) VecVirtual { return m.flush(x[0], scalar[0]) })
}

// widen emits the conversion of n numbers to float64, n a multiple of eight.
func widen(l level) {
	m := machine{l, number{"F32", 8}}
	TEXT("widenF32"+l.name, NOSPLIT, "func(to *float64, x *float32, n int)")
	Doc("widenF32" + l.name + " computes to = x.")
	to, from, left := Load(Param("to"), GP64()), Load(Param("x"), GP64()), Load(Param("n"), GP64())
	Label("eight")
	for k := 0; k < 8; k += l.bytes / 8 {
		x := m.reg()
		VCVTPS2PD(Mem{Base: from, Disp: 4 * k}, x)
		m.store(x, Mem{Base: to, Disp: 8 * k})
	}
	ADDQ(Imm(64), to)
	ADDQ(Imm(32), from)
	SUBQ(Imm(8), left)
	JNE(LabelRef("eight"))
	VZEROUPPER()
	RET()
}
