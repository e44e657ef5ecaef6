package stimulus

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
)

// A gzip that unpacks to more than freely bytes may not unpack to more than
// ratio times its own size. Images and counts pack to a tenth or a fiftieth;
// what packs to less than a two-hundredth is made to fill the memory.
const (
	freely = 64 << 20
	ratio  = 200
)

// unpacked returns the content of a gzip. Its reader fails where the content
// grows out of proportion.
func unpacked(packed io.Reader) (io.Reader, error) {
	p := &proportionate{packed: counting{Reader: packed}}
	var err error
	p.content, err = gzip.NewReader(bufio.NewReader(&p.packed))
	return p, err
}

// proportionate is the content of a gzip and how much of both was read.
type proportionate struct {
	packed  counting
	content io.Reader
	read    int64
}

// Read reads content.
func (p *proportionate) Read(b []byte) (int, error) {
	n, err := p.content.Read(b)
	if p.read += int64(n); p.read > freely && p.read/ratio > p.packed.read {
		return 0, fmt.Errorf("%d bytes unpack to more than %d: that is no data; allowed is a ratio of %d", p.packed.read, p.read, ratio)
	}
	return n, err
}

// counting counts what is read.
type counting struct {
	io.Reader
	read int64
}

// Read reads and counts.
func (c *counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.read += int64(n)
	return n, err
}
