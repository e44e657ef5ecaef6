"""Times other programs on a problem that bench/main.go wrote.

    python3 peers.py FOLDER METHOD SHORT LONG

FOLDER holds V.npy, or V.npz for counts, and the start: rates H.npy (stimuli x r)
and synapses W.npy (r x visible). Prints the seconds of SHORT and of LONG
iterations, the objective after LONG, and the peak memory in MiB. The difference
of long and short leaves out what is paid once a run.
"""
import os
import resource
import sys
import time
import warnings

import numpy as np
import scipy.sparse

warnings.filterwarnings("ignore")


def load(folder):
    if os.path.exists(os.path.join(folder, "V.npy")):
        v = np.load(os.path.join(folder, "V.npy"))
    else:
        v = scipy.sparse.load_npz(os.path.join(folder, "V.npz"))
    return v, np.load(os.path.join(folder, "H.npy")), np.load(os.path.join(folder, "W.npy"))


def sklearn(loss, solver="mu"):
    from sklearn.decomposition import non_negative_factorization

    def run(v, h, w, iterations):
        h, w, _ = non_negative_factorization(
            v, h.copy(), w.copy(), n_components=w.shape[0], init="custom", solver=solver,
            beta_loss=loss, max_iter=iterations, tol=0)
        return h, w
    return run


def numpy_kl(v, h, w, iterations):
    """Four products: rates, then synapses, each with its own quotient."""
    h, w = h.copy(), w.copy()
    for _ in range(iterations):
        q = h @ w
        np.divide(v, q, out=q)
        h *= q @ w.T
        h /= w.sum(axis=1)
        q = h @ w
        np.divide(v, q, out=q)
        w *= h.T @ q
        w /= h.sum(axis=0)[:, None]
    return h, w


def torch_kl(v, h, w, iterations):
    import torch
    v, h, w = torch.from_numpy(v), torch.from_numpy(h.copy()), torch.from_numpy(w.copy())
    for _ in range(iterations):
        q = h @ w
        torch.div(v, q, out=q)
        h *= q @ w.T
        h /= w.sum(dim=1)
        q = h @ w
        torch.div(v, q, out=q)
        w *= h.T @ q
        w /= h.sum(dim=0)[:, None]
    return h.numpy(), w.numpy()


METHODS = {
    "sklearn-kl": sklearn("kullback-leibler"),
    "sklearn-frobenius": sklearn("frobenius"),
    "sklearn-cd": sklearn("frobenius", "cd"),
    "numpy-kl": numpy_kl,
    "torch-kl": torch_kl,
}


def divergence(v, h, w):
    """The generalised Kullback-Leibler divergence, in float64, row by row."""
    h, w = h.astype(np.float64), w.astype(np.float64)
    total = float(h.sum(axis=0) @ w.sum(axis=1))
    for i in range(v.shape[0]):
        row = v[i]
        if scipy.sparse.issparse(row):
            at, x = row.indices, row.data.astype(np.float64)
        else:
            at = np.flatnonzero(row)
            x = row[at].astype(np.float64)
        total += float((x * np.log(x / (h[i] @ w[:, at])) - x).sum())
    return total


def half_squares(v, h, w):
    total = 0.0
    for i in range(v.shape[0]):
        total += 0.5 * float(((v[i] - h[i].astype(np.float64) @ w) ** 2).sum())
    return total


def job(folder):
    """What a user would write: read, factorise, save."""
    from sklearn.decomposition import NMF
    v = np.load(os.path.join(folder, "V.npy"))
    model = NMF(49, init="random", solver="mu", beta_loss="kullback-leibler", max_iter=500, tol=0, random_state=1)
    h = model.fit_transform(v)
    np.save(os.path.join(folder, "out-H.npy"), h)
    np.save(os.path.join(folder, "out-W.npy"), model.components_)


def main():
    if sys.argv[2] == "job":
        return job(sys.argv[1])
    folder, method, short, long = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    v, h, w = load(folder)
    run = METHODS[method]
    run(v, h, w, 1)  # imports, threads, memory
    times = []
    for iterations in (short, long):
        start = time.perf_counter()
        out = run(v, h, w, iterations)
        times.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    objective = half_squares if method in ("sklearn-frobenius", "sklearn-cd") else divergence
    print(times[0], times[1], objective(v, *out), memory)


main()
