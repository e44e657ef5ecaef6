package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The fields of the gathering of package kernel, at these offsets.
const (
	gatherOut = 8 * iota
	gatherX
	gatherY
	gatherIndex
	gatherValue
	gatherCount
	gatherVectors
	gatherTail
	gatherMask
	gatherRow
	gatherPredict
)

// gathering is the code that explains the counts of one row.
type gathering struct {
	machine
	t                             Register
	out, x, y, index, value, left GPVirtual
}

// gather emits the loop over the counts of one row, four at a time and then one,
// as the portable code does it in gatherRow.
func gather(l level, n number) {
	TEXT("gather"+n.name+l.name, NOSPLIT, "func(t *byte)")
	Doc("gather" + n.name + l.name + " computes out += Σ_k value_k/(x·y_k) y_k, or predictions x·y_k, over the counts of a row.")
	g := gathering{machine: machine{l, n}, t: Load(Param("t"), GP64())}
	g.out, g.x, g.y, g.index, g.value = g.load(gatherOut), g.load(gatherX), g.load(gatherY), g.load(gatherIndex), g.load(gatherValue)
	g.left = g.load(gatherCount)
	for _, k := range []int{4, 1} {
		again, next := fmt.Sprintf("counts%d", k), fmt.Sprintf("below%d", k)
		Label(again)
		CMPQ(g.left, Imm(uint64(k)))
		JLT(LabelRef(next))
		g.counts(k, again)
		ADDQ(Imm(uint64(4*k)), g.index)
		ADDQ(Imm(uint64(n.size*k)), g.value)
		SUBQ(Imm(uint64(k)), g.left)
		JMP(LabelRef(again))
		Label(next)
	}
	VZEROUPPER()
	RET()
}

func (g gathering) load(offset int) GPVirtual {
	r := GP64()
	MOVQ(Mem{Base: g.t, Disp: offset}, r)
	return r
}

// fetch emits hints for the rows of the four counts after the next four, if there
// are so many: rows lie anywhere in memory, and to wait for them would take
// longer than the arithmetic.
func (g gathering) fetch(tag string) {
	const ahead, line = 4, 64
	CMPQ(g.left, Imm(2*ahead))
	JLT(LabelRef(tag + "fetched"))
	for i := range ahead {
		at, end := GP64(), GP64()
		MOVLQSX(Mem{Base: g.index, Disp: 4 * (ahead + i)}, at)
		IMULQ(Mem{Base: g.t, Disp: gatherRow}, at)
		ADDQ(g.y, at)
		MOVQ(Mem{Base: g.t, Disp: gatherRow}, end)
		ADDQ(at, end)
		again := fmt.Sprintf("%sfetch%d", tag, i)
		Label(again)
		PREFETCHT0(Mem{Base: at})
		ADDQ(Imm(line), at)
		CMPQ(at, end)
		JLT(LabelRef(again))
	}
	Label(tag + "fetched")
}

// counts emits the work of k counts.
func (g gathering) counts(k int, tag string) {
	if k > 1 {
		g.fetch(tag)
	}
	rows := make([]Mem, k)
	for i := range rows {
		at := GP64()
		MOVLQSX(Mem{Base: g.index, Disp: 4 * i}, at)
		IMULQ(Mem{Base: g.t, Disp: gatherRow}, at)
		ADDQ(g.y, at)
		rows[i] = Mem{Base: at}
	}
	sums := make([]VecVirtual, k)
	for i := range sums {
		sums[i] = g.reg()
		g.zero(sums[i])
	}
	g.vectors(tag+"dot", func(offset GPVirtual, read func(from Mem) VecVirtual, _ func(x VecVirtual, to Mem)) {
		x := read(Mem{Base: g.x, Index: offset, Scale: 1})
		for i, row := range rows {
			row.Index, row.Scale = offset, 1
			g.addProduct(read(row), x, sums[i])
		}
	})
	p := g.across(sums)
	done := tag + "done"
	CMPQ(Mem{Base: g.t, Disp: gatherPredict}, Imm(0))
	JEQ(LabelRef(tag + "explain"))
	g.few(p, k, Mem{Base: g.out}, true)
	ADDQ(Imm(uint64(g.size*k)), g.out)
	JMP(LabelRef(done))
	Label(tag + "explain")
	q := g.small()
	g.few(q, k, Mem{Base: g.value}, false)
	g.smallQuotient(q, p)
	factors := make([]VecVirtual, k)
	for i := range factors {
		factors[i] = g.spread(q, i)
	}
	g.vectors(tag+"add", func(offset GPVirtual, read func(from Mem) VecVirtual, write func(x VecVirtual, to Mem)) {
		at := Mem{Base: g.out, Index: offset, Scale: 1}
		sum := read(at)
		for i, row := range rows {
			row.Index, row.Scale = offset, 1
			g.addProduct(read(row), factors[i], sum)
		}
		write(sum, at)
	})
	Label(done)
}

// vectors emits body for each whole vector of a row and, masked, for the rest.
func (g gathering) vectors(tag string, body func(offset GPVirtual, read func(from Mem) VecVirtual, write func(x VecVirtual, to Mem))) {
	offset, left := GP64(), g.load(gatherVectors)
	XORQ(offset, offset)
	TESTQ(left, left)
	JEQ(LabelRef(tag + "tail"))
	Label(tag)
	body(offset, func(from Mem) VecVirtual {
		x := g.reg()
		g.machine.load(from, x)
		return x
	}, func(x VecVirtual, to Mem) { g.store(x, to) })
	ADDQ(Imm(uint64(g.bytes)), offset)
	DECQ(left)
	JNE(LabelRef(tag))
	Label(tag + "tail")
	CMPQ(Mem{Base: g.t, Disp: gatherTail}, Imm(0))
	JEQ(LabelRef(tag + "end"))
	lanes := g.lanes(Mem{Base: g.load(gatherMask)})
	body(offset, func(from Mem) VecVirtual {
		x := g.reg()
		g.loadLanes(from, lanes, x)
		return x
	}, func(x VecVirtual, to Mem) { g.storeLanes(x, lanes, to) })
	Label(tag + "end")
}

// small returns a register for four numbers.
func (g gathering) small() VecVirtual {
	if g.size == 4 {
		return XMM()
	}
	return YMM()
}

// few moves k numbers, one or four.
func (g gathering) few(x VecVirtual, k int, at Mem, store bool) {
	type move func(from, to Op)
	var how move
	var narrow Op = x
	switch {
	case k == 4 && g.size == 4:
		how = func(a, b Op) { VMOVUPS(a, b) }
	case k == 4:
		how = func(a, b Op) { VMOVUPD(a, b) }
	case g.size == 4:
		how = func(a, b Op) { VMOVSS(a, b) }
	default:
		how, narrow = func(a, b Op) { VMOVSD(a, b) }, x.AsX()
	}
	if store {
		how(narrow, at)
	} else {
		how(at, narrow)
	}
}

// across returns the sums over the lanes of four vectors, or of one four times:
// upper half and lower half, then neighbours, then neighbours of these, then
// (float32) halves.
func (g gathering) across(sums []VecVirtual) VecVirtual {
	halves := make([]VecVirtual, 4)
	for i := range halves {
		if i >= len(sums) {
			halves[i] = halves[0]
			continue
		}
		if !g.wide() {
			halves[i] = sums[i]
			continue
		}
		half := YMM()
		VEXTRACTF64X4(Imm(1), sums[i], half)
		g.either(func() { VADDPS(half, sums[i].AsY(), half) }, func() { VADDPD(half, sums[i].AsY(), half) })
		halves[i] = half
	}
	low, high := YMM(), YMM()
	if g.size == 4 {
		VHADDPS(halves[1], halves[0], low)
		VHADDPS(halves[3], halves[2], high)
		VHADDPS(high, low, low)
		upper, p := XMM(), XMM()
		VEXTRACTF128(Imm(1), low, upper)
		VADDPS(upper, low.AsX(), p)
		return p
	}
	VHADDPD(halves[1], halves[0], low)
	VHADDPD(halves[3], halves[2], high)
	crossed := YMM()
	VPERM2F128(Imm(0x21), high, low, crossed)
	VBLENDPD(Imm(0b1100), high, low, low)
	VADDPD(crossed, low, low)
	return low
}

// smallQuotient emits q ← q/p, 0 where p is 0.
func (g gathering) smallQuotient(q, p VecVirtual) {
	nonzero := g.small()
	VXORPS(nonzero, nonzero, nonzero)
	if g.size == 4 {
		VCMPPS(U8(4), nonzero, p, nonzero)
		VDIVPS(p, q, q)
		VANDPS(nonzero, q, q)
		return
	}
	VCMPPD(U8(4), nonzero, p, nonzero)
	VDIVPD(p, q, q)
	VANDPD(nonzero, q, q)
}

// spread returns lane i of q in all lanes.
func (g gathering) spread(q VecVirtual, i int) VecVirtual {
	all := g.reg()
	if g.size == 4 {
		one := XMM()
		VPERMILPS(Imm(uint64(i*0x55)), q, one)
		VBROADCASTSS(one, all)
		return all
	}
	four := YMM()
	VPERMPD(Imm(uint64(i*0x55)), q, four)
	VBROADCASTSD(four.AsX(), all)
	return all
}
