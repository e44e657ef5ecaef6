// Package dataset fetches public data sets: where they are, what is known of their
// checksums, and on what terms they may be used. Nothing is redistributed: each user
// fetches a copy from its publisher, once, into the cache of the user.
package dataset

import (
	"fmt"
	"strings"
)

// Set is a public data set.
type Set struct {
	Name  string
	What  string // one line
	Terms string // on which it may be used, as far as its publisher says
	Files []File

	// Prepare makes, of the files that were fetched into dir, the one that stimuli are
	// loaded from, where they cannot be loaded as they are, and verifies its content.
	Prepare func(dir string) error
	Use     string // that file, or the one to begin with
}

// File is one file of a data set.
type File struct {
	Name, URL   string
	SHA256, MD5 string // as published, in hexadecimal; "" where none was seen
}

// Sets are the data sets there are, in the order of the alphabet.
var Sets = []Set{
	{
		Name: "fashion-mnist", What: "60,000 + 10,000 articles of clothing, 28×28", Terms: "MIT licence",
		Files: []File{
			{"train-images-idx3-ubyte.gz", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz", "", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"},
			{"t10k-images-idx3-ubyte.gz", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-images-idx3-ubyte.gz", "", "bef4ecab320f06d8554ea6380940ec79"},
		},
		Use: "train-images-idx3-ubyte.gz",
	},
	{
		Name: "mit-cbcl-faces", What: "2,429 faces of 19×19, those of Lee & Seung (1999)", Terms: "for internal research; not to be redistributed without consent of MIT",
		Files:   []File{{"faces.tar.gz", "http://cbcl.mit.edu/projects/cbcl/software-datasets/faces.tar.gz", "", ""}},
		Prepare: prepareFaces, Use: "train-faces.tar",
	},
	{
		Name: "mnist", What: "60,000 + 10,000 handwritten digits, 28×28", Terms: "Creative Commons Attribution-Share Alike 3.0",
		Files: []File{
			{"train-images-idx3-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", "f68b3c2dcbeaaa9fbdd348bbdeb94873"},
			{"train-labels-idx1-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", "d53e105ee54ea40749a09fcbcd1e9432"},
			{"t10k-images-idx3-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", "9fb629c4189551a2d022fa330f9573f3"},
			{"t10k-labels-idx1-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", "ec29112dd5afa0611ce80d1b7f02629c"},
		},
		Use: "train-images-idx3-ubyte.gz",
	},
	{
		Name: "olivetti-faces", What: "400 faces of 64×64, one a column; use it with stimulus.transpose", Terms: "courtesy of AT&T Laboratories Cambridge; credit is asked, no licence stated",
		Files: []File{{"olivettifaces.mat", "https://ndownloader.figshare.com/files/5976027", "b612fb967f2dc77c9c62d3e1266e0c73d5fca46a4b8906c18e454d41af987794", ""}},
		Use:   "olivettifaces.mat:faces",
	},
	{
		Name: "orl-faces", What: "400 faces of 112×92, 40 people", Terms: "courtesy of AT&T Laboratories Cambridge; credit is asked, no licence stated",
		Files: []File{{"att_faces.zip", "http://www.idiap.ch/software/bob/data/bob/att_faces.zip", "", "6efb25cb0d40755e9492b9c012e3348d"}},
		Use:   "att_faces.zip",
	},
	bagOfWords("enron", "39,861 e-mails, 28,102 words"),
	bagOfWords("kos", "3,430 blog entries, 6,906 words"),
	bagOfWords("nips", "1,500 papers, 12,419 words"),
	bagOfWords("nytimes", "300,000 articles, 102,660 words"),
}

// bagOfWords is a set of the bag-of-words collection of the UCI repository.
func bagOfWords(name, what string) Set {
	const at = "https://archive.ics.uci.edu/ml/machine-learning-databases/bag-of-words/"
	docword, vocabulary := "docword."+name+".txt.gz", "vocab."+name+".txt"
	return Set{
		Name: "uci-" + name, What: what + ", as counts", Terms: "see the page of the repository; the texts are not part of it",
		Files: []File{{docword, at + docword, "", ""}, {vocabulary, at + vocabulary, "", ""}}, Use: docword,
	}
}

// Named returns the data set of that name. The error lists the names there are.
func Named(name string) (*Set, error) {
	var names []string
	for i := range Sets {
		if Sets[i].Name == name {
			return &Sets[i], nil
		}
		names = append(names, Sets[i].Name)
	}
	return nil, fmt.Errorf("there is no data set %q; there are %s", name, strings.Join(names, ", "))
}
