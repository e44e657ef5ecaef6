package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// level is an instruction set: how wide its vectors are and which tiles its
// registers hold.
type level struct {
	name  string
	bytes int           // of a vector
	rows  map[int][]int // by vectors of a tile: the numbers of rows, largest first
}

var levels = []level{
	{"AVX512", 64, map[int][]int{3: {8, 4, 2, 1}, 2: {8, 4, 2, 1}, 1: {8, 4, 2, 1}}},
	{"AVX2", 32, map[int][]int{3: {4, 2, 1}, 2: {4, 2, 1}, 1: {8, 4, 2, 1}}},
}

// number is a type of numbers.
type number struct {
	name string
	size int
}

var types = []number{{"F32", 4}, {"F64", 8}}

// machine spells instructions for a level and a type of numbers.
type machine struct {
	level
	number
}

func (m machine) wide() bool { return m.bytes == 64 }

// reg returns a new vector register.
func (m machine) reg() VecVirtual {
	if m.wide() {
		return ZMM()
	}
	return YMM()
}

// either emits the instruction of the type of numbers.
func (m machine) either(single, double func()) {
	if m.size == 4 {
		single()
	} else {
		double()
	}
}

func (m machine) zero(x Op) { VXORPS(x, x, x) }

func (m machine) load(from Mem, x Op) {
	m.either(func() { VMOVUPS(from, x) }, func() { VMOVUPD(from, x) })
}

func (m machine) store(x Op, to Mem) {
	m.either(func() { VMOVUPS(x, to) }, func() { VMOVUPD(x, to) })
}

func (m machine) broadcast(from Mem, x Op) {
	m.either(func() { VBROADCASTSS(from, x) }, func() { VBROADCASTSD(from, x) })
}

// addProduct emits sum += a·b with one rounding.
func (m machine) addProduct(a, b, sum Op) {
	m.either(func() { VFMADD231PS(a, b, sum) }, func() { VFMADD231PD(a, b, sum) })
}

// quotient emits q = v/p, and 0 where p is 0.
func (m machine) quotient(v, p, q Op) {
	const notEqual = U8(4)
	zero := m.reg()
	m.zero(zero)
	if m.wide() {
		nonzero := K()
		m.either(func() { VCMPPS(notEqual, zero, p, nonzero) }, func() { VCMPPD(notEqual, zero, p, nonzero) })
		m.either(func() { VDIVPS_Z(p, v, nonzero, q) }, func() { VDIVPD_Z(p, v, nonzero, q) })
		return
	}
	m.either(func() { VCMPPS(notEqual, zero, p, zero) }, func() { VCMPPD(notEqual, zero, p, zero) })
	m.either(func() { VDIVPS(p, v, q) }, func() { VDIVPD(p, v, q) })
	m.either(func() { VANDPS(zero, q, q) }, func() { VANDPD(zero, q, q) })
}

// mask holds which lanes of a vector exist.
type mask struct{ Register }

// lanes loads a mask from memory.
func (m machine) lanes(from Mem) mask {
	if m.wide() {
		k := K()
		KMOVW(from, k)
		return mask{k}
	}
	y := YMM()
	VMOVDQU(from, y)
	return mask{y}
}

// loadLanes loads the lanes of the mask, 0 elsewhere, touching nothing else.
func (m machine) loadLanes(from Mem, k mask, x Op) {
	if m.wide() {
		m.either(func() { VMOVUPS_Z(from, k, x) }, func() { VMOVUPD_Z(from, k, x) })
		return
	}
	m.either(func() { VMASKMOVPS(from, k, x) }, func() { VMASKMOVPD(from, k, x) })
}

// storeLanes stores the lanes of the mask, touching nothing else.
func (m machine) storeLanes(x Op, k mask, to Mem) {
	if m.wide() {
		m.either(func() { VMOVUPS(x, k, to) }, func() { VMOVUPD(x, k, to) })
		return
	}
	m.either(func() { VMASKMOVPS(x, k, to) }, func() { VMASKMOVPD(x, k, to) })
}
