"""merge.py WHAT FILE: the same figures as merge.c, as a script with numpy and scipy would get them.

WHAT and FILE as there. Prints the line that stopwatch.h describes. Exit status 3: numpy or scipy is not there.
"""

import resource
import sys
import time


def weighted_sum(np, rankdata, x, weights, up):
    low, high = x.min(axis=1, keepdims=True), x.max(axis=1, keepdims=True)
    z = (x - low) / (high - low)
    z[~up] = 1 - z[~up]
    score = weights @ z
    return score, rankdata(-score, method="min")


def topsis(np, rankdata, x, weights, up):
    v = weights[:, None] * x / np.sqrt((x * x).sum(axis=1, keepdims=True))
    best = np.where(up, v.max(axis=1), v.min(axis=1))[:, None]
    worst = np.where(up, v.min(axis=1), v.max(axis=1))[:, None]
    to_best = np.sqrt(((v - best) ** 2).sum(axis=0))
    to_worst = np.sqrt(((v - worst) ** 2).sum(axis=0))
    score = to_worst / (to_best + to_worst)
    return score, rankdata(-score, method="min")


def borda(np, rankdata, x, weights, up):
    score = np.zeros(x.shape[1])
    for k in range(x.shape[0]):  # whole weights, divided once: what ties must tie
        score += (k + 1) * rankdata(x[k] if up[k] else -x[k])
    score /= np.arange(1, x.shape[0] + 1).sum()
    return score, rankdata(-score, method="min")


def main():
    what, path = sys.argv[1:]
    try:
        import numpy as np
        from scipy.stats import rankdata
    except ImportError as problem:
        print(f"merge.py: {problem}", file=sys.stderr)
        return 3
    if what == "versions":
        import scipy
        print(f"numpy {np.__version__}, scipy {scipy.__version__}")
        return 0
    x = np.fromfile(path).reshape((8 if what == "borda" else 12, -1))
    weights = np.arange(1, x.shape[0] + 1, dtype=float)
    weights /= weights.sum()
    up = np.arange(x.shape[0]) % 3 != 2
    method = {"sum": weighted_sum, "topsis": topsis, "borda": borda}[what]
    wall, cpu = time.monotonic(), time.process_time()
    score, rank = method(np, rankdata, x, weights, up)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    n = x.shape[1]
    print(f"wall={wall:.6f} cpu={cpu:.6f} peak_kib={peak} figure={(score * rank / n / n).sum():.15g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
