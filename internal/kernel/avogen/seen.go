package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The fields of the subsetting of package kernel, at these offsets.
const (
	subsetSums = 8 * iota
	subsetTable
	subsetBits
	subsetRows
	subsetTables
	subsetVectors
	subsetPitch
)

// A table has 16 rows of so many bytes.
const (
	subsets       = 16
	subsetColumns = 4 * 64
)

func (m machine) addTo(sum Op, x Op) {
	m.either(func() { VADDPS(x, sum, sum) }, func() { VADDPD(x, sum, sum) })
}

// subsetSumsOf emits the sums of all subsets of the rows 1, 2, 4 and 8 of each table.
func subsetSumsOf(l level, n number) {
	m := machine{l, n}
	TEXT("subsets"+n.name+l.name, NOSPLIT, "func(t *byte)")
	Doc("subsets" + n.name + l.name + " computes, in each table, row s as the sum of the rows 1, 2, 4 and 8 whose bits s has.")
	t := Load(Param("t"), GP64())
	table, tables := field(t, subsetTable), field(t, subsetTables)
	Label("table")
	at, vectors := GP64(), field(t, subsetVectors)
	MOVQ(table, at)
	Label("vector")
	rows := make([]VecVirtual, 8)
	for low := range rows {
		rows[low] = m.reg()
		switch {
		case low == 0:
			m.zero(rows[0])
			m.store(rows[0], Mem{Base: at})
		case low&(low-1) == 0:
			m.load(Mem{Base: at, Disp: low * subsetColumns}, rows[low])
		default:
			high := 2
			if low > 4 {
				high = 4
			}
			m.either(func() { VADDPS(rows[high], rows[low-high], rows[low]) }, func() { VADDPD(rows[high], rows[low-high], rows[low]) })
			m.store(rows[low], Mem{Base: at, Disp: low * subsetColumns})
		}
	}
	eight := m.reg()
	m.load(Mem{Base: at, Disp: 8 * subsetColumns}, eight)
	for low := 1; low < 8; low++ {
		m.addTo(rows[low], eight)
		m.store(rows[low], Mem{Base: at, Disp: (8 + low) * subsetColumns})
	}
	ADDQ(Imm(uint64(l.bytes)), at)
	DECQ(vectors)
	JNE(LabelRef("vector"))
	ADDQ(U32(subsets*subsetColumns), table)
	DECQ(tables)
	JNE(LabelRef("table"))
	VZEROUPPER()
	RET()
}

// addSubsets emits the sum over tables of the rows that four bits each of a word find.
func addSubsets(l level, n number) {
	m := machine{l, n}
	TEXT("addSubsets"+n.name+l.name, NOSPLIT, "func(t *byte)")
	Doc("addSubsets" + n.name + l.name + " adds to each row of sums, from each table, the row of which the next four bits are the number.")
	t := Load(Param("t"), GP64())
	sums, bits, pitch, rows := field(t, subsetSums), field(t, subsetBits), field(t, subsetPitch), field(t, subsetRows)
	most := subsetColumns / l.bytes
	for k := 1; k < most; k++ {
		CMPQ(Mem{Base: t, Disp: subsetVectors}, Imm(uint64(k)))
		JEQ(LabelRef(fmt.Sprintf("row%d", k)))
	}
	for k := most; k > 0; k-- {
		Label(fmt.Sprintf("row%d", k))
		word, at, left := GP64(), field(t, subsetTable), field(t, subsetTables)
		MOVL(Mem{Base: bits}, word.As32())
		sum := make([]VecVirtual, k)
		for v := range sum {
			sum[v] = m.reg()
			m.load(Mem{Base: sums, Disp: v * l.bytes}, sum[v])
		}
		Label(fmt.Sprintf("table%d", k))
		row := GP64()
		MOVQ(word, row)
		ANDQ(Imm(subsets-1), row)
		IMUL3Q(U32(subsetColumns), row, row)
		SHRQ(Imm(4), word)
		for v := range sum {
			m.addTo(sum[v], Mem{Base: at, Index: row, Scale: 1, Disp: v * l.bytes})
		}
		ADDQ(U32(subsets*subsetColumns), at)
		DECQ(left)
		JNE(LabelRef(fmt.Sprintf("table%d", k)))
		for v := range sum {
			m.store(sum[v], Mem{Base: sums, Disp: v * l.bytes})
		}
		ADDQ(U32(subsetColumns), sums)
		ADDQ(pitch, bits)
		DECQ(rows)
		JNE(LabelRef(fmt.Sprintf("row%d", k)))
		JMP(LabelRef("done"))
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// field loads a field of the argument.
func field(t Register, offset int) GPVirtual {
	r := GP64()
	MOVQ(Mem{Base: t, Disp: offset}, r)
	return r
}
