package archive

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
)

// Content of more than freely bytes may not be more than ratio times as large as it is when
// packed. Images and counts pack to a tenth or a fiftieth; what packs to less than a
// two-hundredth was made to fill the memory.
const (
	freely = 64 << 20
	ratio  = 200
)

// outOfProportion reports whether packed bytes unpack to too much content.
func outOfProportion(packed, content int64) bool {
	return content > freely && content/ratio > packed
}

// Ratio counts packed bytes and the content they unpack to, of one stream or of several that
// stand in one file.
type Ratio struct{ packed, content int64 }

// Unpack returns the content of a packed stream, which open unpacks. Reading fails as soon as
// the content is out of proportion.
func (a *Ratio) Unpack(packed io.Reader, open func(packed io.Reader) (io.Reader, error)) (io.Reader, error) {
	content, err := open(&counter{packed, func(n int) { a.packed += int64(n) }})
	if err != nil {
		return nil, err
	}
	return &ratioLimited{a, content}, nil
}

// ratioLimited is content that may not grow out of proportion.
type ratioLimited struct {
	*Ratio
	r io.Reader
}

// Read reads content.
func (l *ratioLimited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.content += int64(n); outOfProportion(l.packed, l.content) {
		return 0, fmt.Errorf("%d bytes unpack to more than %d; allowed is a ratio of %d, which data do not exceed", l.packed, l.content, ratio)
	}
	return n, err
}

// counter tells how much is read.
type counter struct {
	r    io.Reader
	read func(n int)
}

// Read reads and tells.
func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.read(n)
	return n, err
}

// Gunzip returns the content of a gzip.
func Gunzip(packed io.Reader) (io.Reader, error) {
	return new(Ratio).Unpack(packed, func(packed io.Reader) (io.Reader, error) { return gzip.NewReader(bufio.NewReader(packed)) })
}
