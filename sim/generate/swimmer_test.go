package generate_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"gonum.org/v1/gonum/mat"

	"partsnet/sim/generate"
)

// TestSwimmer holds all 256 images to the checksum of the published data file, their
// rank to 1 + 4·3, and the truth to the images.
func TestSwimmer(t *testing.T) {
	set, err := generate.Swimmer{}.Generate(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	text := make([]byte, len(set.Rates))
	for i, x := range set.Rates {
		text[i] = byte(x)
	}
	sum := sha256.Sum256(text)
	const want = "97b41ef5afb266d95587874cd67542810d553deaa8841fe41d2254ba642b090b"
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("SHA-256 of the images is %s, want %s", got, want)
	}
	var svd mat.SVD
	if !svd.Factorize(mat.NewDense(set.Count, set.Size, set.Rates), mat.SVDNone) || svd.Rank(1e-10) != 13 {
		t.Errorf("rank %d, want 13", svd.Rank(1e-10))
	}
	var product mat.Dense
	product.Mul(mat.NewDense(set.Count, 17, set.Truth.Codes), mat.NewDense(17, set.Size, set.Truth.Parts))
	if !mat.Equal(&product, mat.NewDense(set.Count, set.Size, set.Rates)) {
		t.Error("the truth does not add up to the images")
	}
	if n := len(set.Truth.Names); n != 17 || set.Truth.Names[16] != "torso: 0" {
		t.Errorf("%d parts, the last is %q", n, set.Truth.Names[n-1])
	}
}
