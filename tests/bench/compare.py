"""compare.py WHAT FILE: the same figures as compare.c, as a script with numpy and scipy would get them.

WHAT and FILE as there. alpha: by the V x V matrix of coincidences, as the textbook and other packages have it.
Prints the line that stopwatch.h describes. Exit status 3: numpy or scipy is not there.
"""

import resource
import sys
import time


def alpha_ordinal(np, values):
    units = values[np.sum(~np.isnan(values), axis=1) >= 2]
    levels = np.unique(units[~np.isnan(units)])
    counts = np.stack([np.bincount(np.searchsorted(levels, u[~np.isnan(u)]), minlength=len(levels)) for u in units])
    sizes = counts.sum(axis=1)
    matrix = (counts.T / (sizes - 1)) @ counts - np.diag((counts.T / (sizes - 1)).sum(axis=1))
    marginals = matrix.sum(axis=1)
    cumulative = np.cumsum(marginals) - marginals / 2
    metric = (cumulative[:, None] - cumulative[None, :]) ** 2
    return 1 - (marginals.sum() - 1) * (matrix * metric).sum() / (np.outer(marginals, marginals) * metric).sum()


def main():
    what, path = sys.argv[1:]
    try:
        import numpy as np
        from scipy import stats
    except ImportError as problem:
        print(f"compare.py: {problem}", file=sys.stderr)
        return 3
    if what == "versions":
        import scipy
        print(f"numpy {np.__version__}, scipy {scipy.__version__}")
        return 0
    columns = np.fromfile(path)
    columns = columns.reshape((20, 1000)).T.copy() if what == "alpha" else columns.reshape((2, -1))
    wall, cpu = time.monotonic(), time.process_time()
    if what.startswith("tau"):
        figure = stats.kendalltau(columns[0], columns[1])[0]
    elif what.startswith("weighted"):
        figure = stats.weightedtau(columns[0], columns[1])[0]
    else:
        figure = alpha_ordinal(np, columns)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"wall={wall:.6f} cpu={cpu:.6f} peak_kib={peak} figure={figure:.15g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
