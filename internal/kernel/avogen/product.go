package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The fields of the tile of package kernel, at these offsets.
const (
	fieldC = 8 * iota
	fieldV
	fieldA
	fieldB
	fieldRows
	fieldDepth
	fieldARow
	fieldAStep
	fieldBStep
	fieldCRow
	fieldVRow
	fieldVectors
	fieldMask
	fieldAdd
)

// product emits the product of a strip of rows with a panel of columns, as the
// portable code does it in panelProduct or, with the division, panelQuotient.
func product(l level, n number, divide bool) {
	m := machine{l, n}
	name, equals := "product", "c = [c +] a b, in the order of depth, each term fused"
	if divide {
		name, equals = "quotient", "c = v / (a b), 0 where the product is 0"
	}
	// The tile is a type of package kernel, which avo cannot know; any pointer
	// has its place in the frame.
	TEXT(name+n.name+l.name, NOSPLIT, "func(t *byte)")
	Doc(name + n.name + l.name + " computes " + equals + ".")
	p := strip{machine: m, divide: divide, t: Load(Param("t"), GP64()), left: GP64(), a: GP64(), c: GP64(), v: GP64()}
	if divide {
		p.v = GP64()
	}
	vectors := p.load(fieldVectors)
	for _, nv := range []int{3, 2, 1} {
		CMPQ(vectors, Imm(uint64(nv)))
		JEQ(LabelRef(fmt.Sprintf("vectors%d", nv)))
	}
	p.emit(1, true)
	for _, nv := range []int{1, 2, 3} {
		Label(fmt.Sprintf("vectors%d", nv))
		p.emit(nv, false)
	}
}

// strip is the code of one product.
type strip struct {
	machine
	divide  bool
	t       Register // the tile
	left    GPVirtual
	a, c, v GPVirtual // first row that is left
}

func (p strip) field(offset int) Mem { return Mem{Base: p.t, Disp: offset} }

func (p strip) load(offset int) GPVirtual {
	r := GP64()
	MOVQ(p.field(offset), r)
	return r
}

// emit writes the loop over rows for panels of nv vectors; masked, the last of
// them has lanes that do not exist.
func (p strip) emit(nv int, masked bool) {
	tag := fmt.Sprintf("%d", nv)
	if masked {
		tag = "masked"
	}
	MOVQ(p.field(fieldRows), p.left)
	MOVQ(p.field(fieldA), p.a)
	MOVQ(p.field(fieldC), p.c)
	MOVQ(p.field(fieldV), p.v)
	for _, rows := range p.rows[nv] {
		again, next := fmt.Sprintf("panel%srows%d", tag, rows), fmt.Sprintf("panel%sbelow%d", tag, rows)
		Label(again)
		CMPQ(p.left, Imm(uint64(rows)))
		JLT(LabelRef(next))
		p.tile(rows, nv, masked, again)
		SUBQ(Imm(uint64(rows)), p.left)
		JMP(LabelRef(again))
		Label(next)
	}
	VZEROUPPER()
	RET()
}

// rowAddresses returns the address of each of the rows from base on.
func rowAddresses(base, stride Register, rows int) []Mem {
	var out []Mem
	triple := GP64()
	if rows > 2 {
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, triple)
	}
	for i := range rows {
		if i == 4 {
			next := GP64()
			LEAQ(Mem{Base: base, Index: stride, Scale: 4}, next)
			base = next
		}
		switch i % 4 {
		case 0:
			out = append(out, Mem{Base: base})
		case 1:
			out = append(out, Mem{Base: base, Index: stride, Scale: 1})
		case 2:
			out = append(out, Mem{Base: base, Index: stride, Scale: 2})
		case 3:
			out = append(out, Mem{Base: base, Index: triple, Scale: 1})
		}
	}
	return out
}

func (p strip) tile(rows, nv int, masked bool, tag string) {
	var lanes mask
	if masked {
		lanes = p.lanes(Mem{Base: p.load(fieldMask)})
	}
	read := func(from Mem, j int, x Op) {
		if from.Disp += j * p.bytes; masked {
			p.loadLanes(from, lanes, x)
		} else {
			p.machine.load(from, x)
		}
	}
	sums := make([][]VecVirtual, rows)
	for i := range sums {
		for range nv {
			sum := p.reg()
			p.zero(sum)
			sums[i] = append(sums[i], sum)
		}
	}
	if !p.divide {
		CMPQ(p.field(fieldAdd), Imm(0))
		JEQ(LabelRef(tag + "start"))
		for i, at := range rowAddresses(p.c, p.load(fieldCRow), rows) {
			for j, sum := range sums[i] {
				read(at, j, sum)
			}
		}
		Label(tag + "start")
	}

	// The stimuli come from far away, in rows too short for the processor to
	// see what follows; they arrive while the products are computed.
	if !p.divide {
		TESTQ(p.v, p.v)
		JEQ(LabelRef(tag + "fetched"))
	}
	for _, at := range rowAddresses(p.v, p.load(fieldVRow), rows) {
		for j := range nv {
			at.Disp = j * p.bytes
			PREFETCHT0(at)
		}
	}
	if !p.divide {
		ADDQ(p.rowsFurther(fieldVRow, rows), p.v)
		Label(tag + "fetched")
	}
	p.depthLoop(sums, read, tag+"depth")

	written := rowAddresses(p.c, p.load(fieldCRow), rows)
	if p.divide {
		for i, at := range rowAddresses(p.v, p.load(fieldVRow), rows) {
			for j, sum := range sums[i] {
				v := p.reg()
				read(at, j, v)
				p.quotient(v, sum, sum)
			}
		}
	}
	for i, at := range written {
		for j, sum := range sums[i] {
			if at.Disp = j * p.bytes; masked {
				p.storeLanes(sum, lanes, at)
			} else {
				p.store(sum, at)
			}
		}
	}
	p.advance(p.a, fieldARow, rows)
	p.advance(p.c, fieldCRow, rows)
	if p.divide {
		p.advance(p.v, fieldVRow, rows)
	}
}

// depthLoop adds the products of all steps of the depth.
func (p strip) depthLoop(sums [][]VecVirtual, read func(from Mem, j int, x Op), label string) {
	rows, nv := len(sums), len(sums[0])
	a := GP64()
	MOVQ(p.a, a)
	aStep, b, bStep, left := p.load(fieldAStep), p.load(fieldB), p.load(fieldBStep), p.load(fieldDepth)
	coefficients := rowAddresses(a, p.load(fieldARow), rows)
	Label(label)
	var columns []VecVirtual
	for j := range nv {
		x := p.reg()
		read(Mem{Base: b}, j, x)
		columns = append(columns, x)
	}
	for i := range rows {
		x := p.reg()
		p.broadcast(coefficients[i], x)
		for j, column := range columns {
			p.addProduct(x, column, sums[i][j])
		}
	}
	ADDQ(aStep, a)
	if rows > 4 {
		ADDQ(aStep, coefficients[4].Base)
	}
	ADDQ(bStep, b)
	DECQ(left)
	JNE(LabelRef(label))
}

// advance moves the pointer by rows of the stride in a field.
func (p strip) advance(pointer GPVirtual, stride, rows int) {
	ADDQ(p.rowsFurther(stride, rows), pointer)
}

// rowsFurther returns the distance of rows of the stride in a field.
func (p strip) rowsFurther(stride, rows int) GPVirtual {
	step := p.load(stride)
	if rows > 1 {
		SHLQ(Imm(uint64(map[int]int{2: 1, 4: 2, 8: 3}[rows])), step)
	}
	return step
}
