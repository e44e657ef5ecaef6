// Package dataset fetches public data sets: where they are, what is known of their
// checksums, and on what terms they may be used. Nothing is redistributed: each user
// fetches a copy from its publisher, once, into the cache of the user.
package dataset

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// Set is a public data set.
type Set struct {
	Name  string
	What  string // one line
	Terms string // on which it may be used, as far as its publisher says
	Files []File // none where it has to be fetched by hand
	Page  string // where it is found then

	// Prepare makes, of the files that were fetched into dir, the one that stimuli are
	// loaded from, where they cannot be loaded as they are, and verifies its content.
	Prepare func(ctx context.Context, dir string) error
	Use     string // that file, or the one to begin with

	// Run is an experiment for these data, and Settings what to set in addition to
	// stimulus.path; "@" stands for the folder of the set. Run is "" where the data
	// cannot be shown as they are, and Note says why.
	Run      string
	Settings []string
	Note     string
}

// File is one file of a data set.
type File struct {
	Name, URL   string
	SHA256, MD5 string // as published, in hexadecimal; "" where none was seen
}

// Command returns the arguments of partsnet that learn from the set, whose first file
// is at path; nil where it cannot be shown as it is.
func (s *Set) Command(path string) []string {
	if s.Run == "" {
		return nil
	}
	args := []string{"run", s.Run, "--set", "stimulus.path=" + path}
	folder := strings.TrimSuffix(path, s.Use)
	for _, setting := range s.Settings {
		args = append(args, "--set", strings.ReplaceAll(setting, "@", filepath.Clean(folder)))
	}
	return args
}

// The terms of several sets.
const (
	courtesy = "courtesy of AT&T Laboratories Cambridge; credit is asked, no licence stated"
	unstated = "none stated by the publisher"
)

// Sets are the data sets there are, in the order of the alphabet.
var Sets = []Set{
	{
		Name: "20-newsgroups", What: "18,846 posts to 20 newsgroups, split by date; 11,314 of them for training", Terms: unstated,
		Files:   []File{{"20news-bydate.tar.gz", "https://ndownloader.figshare.com/files/5975967", "8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610", ""}},
		Prepare: prepareNewsgroups, Use: newsgroups, Run: "paper/figure-4", Settings: []string{"network.hidden=60", `look.word=""`},
	},
	{
		Name: "bsds500", What: "500 natural scenes, JPEG of 481×321 or 321×481", Terms: "none stated; Arbelaez, Maire, Fowlkes & Malik (TPAMI 2011) is to be cited",
		Files: []File{{"BSR_bsds500.tgz", "http://www.eecs.berkeley.edu/Research/Projects/CS/vision/grouping/BSR/BSR_bsds500.tgz", "", ""}},
		Use:   "BSR_bsds500.tgz", Note: "the images have two shapes and stimuli must be alike: cut patches of one size from them first",
	},
	{
		Name: "fashion-mnist", What: "60,000 + 10,000 articles of clothing, 28×28", Terms: "MIT licence",
		Files: []File{
			{"train-images-idx3-ubyte.gz", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz", "", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"},
			{"t10k-images-idx3-ubyte.gz", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-images-idx3-ubyte.gz", "", "bef4ecab320f06d8554ea6380940ec79"},
		},
		Use: "train-images-idx3-ubyte.gz", Run: "faces", Settings: []string{"stimulus.scaling=unit-maximum"},
	},
	{
		Name: "grolier", What: "30,991 articles of Grolier's encyclopaedia, 15,276 words, the counts of Lee & Seung (1999)", Terms: unstated,
		Page: "https://cs.nyu.edu/~roweis/data.html", Run: "paper/figure-4", Use: "grolier15276.mat:grolier",
		Settings: []string{"stimulus.transpose=true", "stimulus.words=@/grolier15276_words.txt", "network.hidden=200"},
		Note:     "put grolier15276.mat and grolier15276_words.txt there",
	},
	{
		Name: "lfw", What: "13,233 photographs of people, JPEG of 250×250", Terms: unstated,
		Files: []File{{"lfw.tgz", "https://ndownloader.figshare.com/files/5976018", "055f7d9c632d7370e6fb4afc7468d40f970c34a80d4c6f50ffec63f5a8d536c0", ""}},
		Use:   "lfw.tgz", Note: tooLarge,
	},
	{
		Name: "lfw-funneled", What: "the same, aligned", Terms: unstated,
		Files: []File{{"lfw-funneled.tgz", "https://ndownloader.figshare.com/files/5976015", "b47c8422c8cded889dc5a13418c4bc2abbda121092b3533a83306f90d900100a", ""}},
		Use:   "lfw-funneled.tgz", Note: tooLarge,
	},
	{
		Name: "mit-cbcl-faces", What: "2,429 faces of 19×19, those of Lee & Seung (1999)", Terms: "for internal research; not to be redistributed without consent of MIT",
		Files:   []File{{"faces.tar.gz", "http://cbcl.mit.edu/projects/cbcl/software-datasets/faces.tar.gz", "", ""}},
		Prepare: prepareFaces, Use: "train-faces.tar", Run: "paper/figure-1",
	},
	{
		Name: "mnist", What: "60,000 + 10,000 handwritten digits, 28×28", Terms: mnistTerms,
		Files: []File{
			{"train-images-idx3-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", "f68b3c2dcbeaaa9fbdd348bbdeb94873"},
			{"train-labels-idx1-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", "d53e105ee54ea40749a09fcbcd1e9432"},
			{"t10k-images-idx3-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", "9fb629c4189551a2d022fa330f9573f3"},
			{"t10k-labels-idx1-ubyte.gz", "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", "ec29112dd5afa0611ce80d1b7f02629c"},
		},
		Use: "train-images-idx3-ubyte.gz", Run: "faces", Settings: []string{"stimulus.scaling=unit-maximum"},
	},
	{
		Name: "mnist-npz", What: "the same as a NumPy archive", Terms: mnistTerms,
		Files: []File{{"mnist.npz", "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz", "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1", ""}},
		Use:   "mnist.npz:x_train", Run: "faces", Settings: []string{"stimulus.scaling=unit-maximum"},
	},
	{
		Name: "olivetti-faces", What: "400 faces of 64×64, 40 people", Terms: courtesy,
		Files: []File{{"olivettifaces.mat", "https://ndownloader.figshare.com/files/5976027", "b612fb967f2dc77c9c62d3e1266e0c73d5fca46a4b8906c18e454d41af987794", ""}},
		Use:   "olivettifaces.mat:faces", Run: "paper/figure-1",
		Settings: []string{"stimulus.transpose=true", "stimulus.height=64", "stimulus.width=64", "stimulus.pixels=columns", "network.hidden=25"},
	},
	{
		Name: "olshausen-images", What: "10 natural scenes of 512×512, whitened (Olshausen & Field 1996)", Terms: unstated,
		Files: []File{{"IMAGES.mat", "https://www.rctn.org/bruno/sparsenet/IMAGES.mat", "", "b20cb33935e95b556cb83bef5e9afcf1"}},
		Use:   "IMAGES.mat:IMAGES", Note: "whitened values have both signs and rates have none: cut patches, and split each value into its positive and its negative part first",
	},
	{
		Name: "orl-faces", What: "400 faces of 112×92, 40 people", Terms: courtesy,
		Files: []File{{"att_faces.zip", "http://www.idiap.ch/software/bob/data/bob/att_faces.zip", "", "6efb25cb0d40755e9492b9c012e3348d"}},
		Use:   "att_faces.zip", Run: "paper/figure-1", Settings: []string{"network.hidden=25"},
	},
	bagOfWords("enron", "39,861 e-mails, 28,102 words"),
	bagOfWords("kos", "3,430 blog entries, 6,906 words"),
	bagOfWords("nips", "1,500 papers, 12,419 words"),
	bagOfWords("nytimes", "300,000 articles, 102,660 words"),
	tooMany(bagOfWords("pubmed", "8,200,000 abstracts, 141,043 words")),
	{
		Name: "wikispeedia", What: "4,604 articles of an encyclopaedia for schools, plain text", Terms: "GNU Free Documentation License; West, Pineau & Precup (IJCAI 2009) is to be cited",
		Files: []File{{"wikispeedia_articles_plaintext.tar.gz", "https://snap.stanford.edu/data/wikispeedia/wikispeedia_articles_plaintext.tar.gz", "", ""}},
		Use:   "wikispeedia_articles_plaintext.tar.gz", Run: "paper/figure-4", Settings: []string{"network.hidden=200"},
	},
}

const (
	mnistTerms = "Creative Commons Attribution-Share Alike 3.0"
	tooLarge   = "62,500 pixels of 13,233 people are more than may be held: cut and scale them first"
)

// bagOfWords is a set of the bag-of-words collection of the UCI repository.
func bagOfWords(name, what string) Set {
	const at = "https://archive.ics.uci.edu/ml/machine-learning-databases/bag-of-words/"
	docword, vocabulary := "docword."+name+".txt.gz", "vocab."+name+".txt"
	return Set{
		Name: "uci-" + name, What: what + ", as counts", Terms: "see the page of the repository; the texts are not part of it",
		Files: []File{{docword, at + docword, "", ""}, {vocabulary, at + vocabulary, "", ""}},
		Use:   docword, Run: "paper/figure-4", Settings: []string{"stimulus.words=@/" + vocabulary, "network.hidden=100", `look.word=""`},
	}
}

// tooMany is a set that can be fetched and not be learned from at once.
func tooMany(s Set) Set {
	s.Run, s.Settings, s.Note = "", nil, "these are more counts than may be held, 2²⁸: take a part of the documents first"
	return s
}

// Named returns the data set of that name. The error lists all names.
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
