package sim

// The works that parts of an experiment come from.
const (
	leeSeung1999      = "Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791."
	leeSeung2001      = "Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562."
	salakhutdinov2003 = "Salakhutdinov R, Roweis S (2003). Adaptive overrelaxed bound optimization methods. Proceedings of the 20th International Conference on Machine Learning, 664–671."
	hoyer2002         = "Hoyer PO (2002). Non-negative sparse coding. Proceedings of the 12th IEEE Workshop on Neural Networks for Signal Processing, 557–565."
	hoyer2004         = "Hoyer PO (2004). Non-negative matrix factorization with sparseness constraints. Journal of Machine Learning Research 5:1457–1469."
	lloyd1982         = "Lloyd SP (1982). Least squares quantization in PCM. IEEE Transactions on Information Theory 28:129–137."
	rozell2008        = "Rozell CJ, Johnson DH, Baraniuk RG, Olshausen BA (2008). Sparse coding via thresholding and local competition in neural circuits. Neural Computation 20:2526–2563."
	harpurPrager1996  = "Harpur GF, Prager RW (1996). Development of low entropy coding in a recurrent network. Network: Computation in Neural Systems 7:277–284."
	spratling2008     = "Spratling MW (2008). Predictive coding as a model of biased competition in visual attention. Vision Research 48:1391–1408."
	spratling2009     = "Spratling MW, De Meyer K, Kompass R (2009). Unsupervised learning of overlapping image components using divisive input modulation. Computational Intelligence and Neuroscience 2009:381457."
	spratling2012     = "Spratling MW (2012). Unsupervised learning of generative and discriminative weights encoding elementary image components in a predictive coding model of cortical function. Neural Computation 24:60–103."
	ernst2007         = "Ernst U, Rotermund D, Pawelzik K (2007). Efficient computation based on stochastic spikes. Neural Computation 19:1313–1343."
	rotermund2019     = "Rotermund D, Pawelzik KR (2019). Back-propagation learning in deep spike-by-spike networks. Frontiers in Computational Neuroscience 13:55."
	pehlevan2014      = "Pehlevan C, Chklovskii DB (2014). A Hebbian/anti-Hebbian network derived from online non-negative matrix factorization can cluster and discover sparse features. Asilomar Conference on Signals, Systems and Computers, 769–775."
	foldiak1990       = "Földiák P (1990). Forming sparse representations by local anti-Hebbian learning. Biological Cybernetics 64:165–170."
	li2001            = "Li SZ, Hou XW, Zhang HJ, Cheng QS (2001). Learning spatially localized, parts-based representation. Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition 1:207–212."
	oja1982           = "Oja E (1982). Simplified neuron model as a principal component analyzer. Journal of Mathematical Biology 15:267–273."
	ahn2004           = "Ahn JH, Choi S, Oh JH (2004). A multiplicative up-propagation algorithm. Proceedings of the 21st International Conference on Machine Learning."
	eggertKorner2004  = "Eggert J, Körner E (2004). Sparse coding and NMF. Proceedings of the IEEE International Joint Conference on Neural Networks, 2529–2533."
	dayanAbbott2001   = "Dayan P, Abbott LF (2001). Theoretical Neuroscience. MIT Press."
	cappe2009         = "Cappé O, Moulines E (2009). On-line expectation–maximization algorithm for latent data models. Journal of the Royal Statistical Society: Series B 71:593–613."
	mairal2010        = "Mairal J, Bach F, Ponce J, Sapiro G (2010). Online learning for matrix factorization and sparse coding. Journal of Machine Learning Research 11:19–60."
)

// circuitSources and ruleSources are the works that each circuit and each rule comes from.
var (
	circuitSources = map[string][]string{
		"divisive-error":       {leeSeung1999},
		"lateral-inhibition":   {leeSeung2001},
		"rate-units":           {dayanAbbott2001},
		"lca":                  {rozell2008},
		"divisive-modulation":  {spratling2009, spratling2012},
		"predictive-hierarchy": {spratling2008, spratling2012},
		"spike-by-spike":       {ernst2007},
		"plastic-inhibition":   {pehlevan2014, foldiak1990},
		"local-nmf":            {li2001},
	}
	ruleSources = map[string][]string{
		"poisson":                {leeSeung1999},
		"poisson-free":           {leeSeung2001},
		"poisson-online":         {leeSeung1999},
		"local-nmf":              {li2001},
		"gaussian":               {leeSeung2001},
		"divisive-modulation":    {spratling2009, spratling2012},
		"spike-by-spike":         {ernst2007},
		"spike-by-spike-squares": {rotermund2019},
		"subtractive":            {harpurPrager1996, rozell2008},
		"similarity-matching":    {pehlevan2014},
		"foldiak":                {foldiak1990},
		"oja":                    {oja1982, pehlevan2014},
		"eggert-koerner":         {eggertKorner2004},
		"sparse-coding":          {hoyer2002},
		"hoyer-projection":       {hoyer2004},
	}
)
