"""Numbers that Search's statistics are held to, by NumPy and SciPy: python3 quotation.py > quotation.json

Wilson's interval is statsmodels', t's distribution SciPy's, the corrected t-test Nadeau and Bengio's formula, the shares of
optimal computing budget allocation Chen's formula, and the optimism a plain loop over the same replicates.
"""

import json

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(0)


def ocba(means, deviations):
    means, deviations = np.array(means), np.array(deviations)
    best = means.argmin()
    ratio = np.array([0.0 if i == best else (deviations[i] / (means[i] - means[best])) ** 2 for i in range(len(means))])
    ratio[best] = deviations[best] * np.sqrt(sum((ratio[i] / deviations[i]) ** 2 for i in range(len(means)) if i != best))
    return (ratio / ratio.sum()).tolist()


def chance(means, deviations, runs):
    means, error = np.array(means), np.array(deviations) ** 2 / np.array(runs)
    best = means.argmin()
    return 1 - sum(
        stats.norm.cdf(-(means[i] - means[best]) / np.sqrt(error[best] + error[i])) for i in range(len(means)) if i != best)


def corrected(a, b, folds):
    difference = np.array(a) - np.array(b)
    variance = (1 / len(difference) + 1 / (folds - 1)) * difference.var(ddof=1)
    return {
        "a": a, "b": b, "folds": folds, "variance": variance,
        "p": float(stats.t.cdf(-difference.mean() / np.sqrt(variance), len(difference) - 1)),
    }


def optimism(values, replicates):
    values, replicates = np.array(values), np.array(replicates)
    changes = []
    for sign in (1, -1):
        for column in range(replicates.shape[1]):
            moved = values + sign * replicates[:, column]
            chosen = moved.argmin()
            changes.append(sign * replicates[chosen, column])
    return min(0.0, float(np.mean(changes)))


def main():
    wilson = []
    for right, rows in [(90, 100), (980, 1000), (50, 50), (0, 30), (1, 7), (333, 360)]:
        low, high = proportion_confint(right, rows, 0.05, "wilson")
        wilson.append({"right": right, "rows": rows, "low": float(low), "high": float(high)})
    student = [
        {"t": t, "degrees": d, "cumulative": float(stats.t.cdf(t, d))}
        for t in (-7.5, -2.0, -0.3, 0.0, 0.01, 1.0, 3.2, 40.0) for d in (1, 2, 4, 9.5, 32, 1000)
    ]
    quantiles = [{"p": p, "degrees": d, "t": float(stats.t.ppf(p, d))} for p in (0.6, 0.95, 0.975, 0.999) for d in (1, 4, 32, 300)]
    allocations = [
        {"means": m, "deviations": s, "shares": ocba(m, s), "runs": [3, 5, 4, 6][: len(m)], "chance": float(chance(m, s, [3, 5, 4, 6][: len(m)]))}
        for m, s in [([1, 2, 3, 4], [1, 1, 1, 1]), ([0.10, 0.11, 0.12], [0.01, 0.02, 0.01]), ([5.0, 4.0], [0.3, 0.9])]
    ]
    folds = [
        corrected([0.10, 0.12, 0.11, 0.13, 0.12], [0.12, 0.13, 0.14, 0.13, 0.13], 5),
        corrected([0.5, 0.7, 0.6], [0.6, 0.65, 0.72], 3),
    ]
    studies = []
    for trials, spread in [(4, 1.0), (20, 1.0), (20, 0.1), (50, 3.0)]:
        values = (spread * random.normal(size=trials)).tolist()
        replicates = (0.5 * random.normal(size=(trials, 32))).tolist()
        best = int(np.argmin(values))
        rows = np.array(replicates)
        error = float(np.sqrt((rows[best] ** 2).mean()))
        bias = optimism(values, replicates)
        half = float(stats.t.ppf(0.975, 32)) * error
        beats = []
        for other in range(trials):
            if other != best:
                paired = np.sqrt(((rows[best] - rows[other]) ** 2).mean())
                beats.append([other, float(stats.t.cdf((values[other] - values[best] + bias) / paired, 32))])
        studies.append({
            "values": values, "replicates": replicates, "optimism": bias,
            "low": values[best] - bias - half, "high": values[best] - bias + half, "beats": beats,
        })
    print(json.dumps({
        "wilson": wilson, "student": student, "quantiles": quantiles, "allocations": allocations, "folds": folds,
        "studies": studies,
    }))


if __name__ == "__main__":
    main()
