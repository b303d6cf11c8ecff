"""What a score is worth: Platt scaling on rows that were not trained on, and the table that shows what is left of error."""

import numpy as np

STEPS = 50
TABLE_EDGES = (0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 1)


def platt(odds, rows):
    """(factor, shift) for which factor * odds + shift are the likeliest log-odds of the rows, each at its weight (Newton)."""
    counted = rows.weight > 0
    design = np.stack([odds[counted], np.ones(counted.sum())], axis=1)
    fraud, weight = rows.fraud[counted], rows.weight[counted]
    coefficients = np.array([1.0, np.log(np.average(fraud, weights=weight)) - np.average(odds[counted], weights=weight)])
    for _ in range(STEPS):
        chance = probability(design @ coefficients)
        gradient = design.T @ (weight * (chance - fraud))
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
        # A full step may lead too far where the curve is flat.
        coefficients -= step * min(1, 1 / np.abs(step).max())
    return float(coefficients[0]), float(coefficients[1])


def probability(odds):
    return 1 / (1 + np.exp(-np.clip(odds, -60, 60)))


def reliability(scores, rows):
    """By range of the score: how many rows it stands for, the mean score, and the share of frauds among them."""
    table = []
    for low, high in zip(TABLE_EDGES[:-1], TABLE_EDGES[1:]):
        inside = (scores >= low) & ((scores < high) | (high == 1)) & (rows.weight > 0)
        weight = rows.weight[inside]
        if weight.sum() == 0:
            continue
        said, was = (float(f"{np.average(of[inside], weights=weight):.3g}") for of in (scores, rows.fraud))
        table.append({"from": low, "to": high, "rows": round(weight.sum()), "said": said, "was": was})
    return table


def score_histogram(scores, rows, bins=10):
    """Upper bounds of ranges of nearly equal share, the upper tail apart, and the share of rows in each at the true base
    rate: for a comparison with later scores (population stability index)."""
    order = np.argsort(scores, kind="stable")
    reached = np.cumsum(rows.weight[order]) / rows.weight.sum()
    shares = (*np.arange(1, bins) / bins, 0.99, 0.999)
    inner = [float(f"{scores[order][np.searchsorted(reached, share)]:.3g}") for share in shares]
    bounds = [*sorted(set(inner)), 1.0]
    counts = np.bincount(np.searchsorted(bounds, scores), weights=rows.weight, minlength=len(bounds))
    return {"bounds": bounds, "counts": [round(float(count), 6) for count in counts / counts.sum()]}
