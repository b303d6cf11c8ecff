"""How well scores order rows: every figure counts a row as often as its weight says, so that it holds at the true base rate."""

import numpy as np

DRAWS = 200
PRECISION_WANTED = 0.8


def curve(scores, rows):
    """Falling scores with the precision and recall of calling fraud what reaches each, and the share of genuine ones called so."""
    order = np.argsort(-scores, kind="stable")
    score, weight, fraud = scores[order], rows.weight[order], rows.fraud[order]
    caught, alarms = np.cumsum(weight * fraud), np.cumsum(weight * (1 - fraud))
    # Rows of one score are told apart by nothing: they count together.
    last = np.r_[score[1:] != score[:-1], True]
    caught, alarms, score = caught[last], alarms[last], score[last]
    return score, caught / np.maximum(caught + alarms, 1e-12), caught / caught[-1], alarms / alarms[-1]


def quality(scores, rows):
    """AUC, average precision, and the most recall at which the precision is still 0.8."""
    _, precision, recall, false_alarms = curve(scores, rows)
    gained = np.diff(np.r_[0, recall])
    area = 1 - np.sum(np.diff(np.r_[0, false_alarms]) * (1 - (recall - gained / 2)))
    figures = (area, np.sum(gained * precision), max([0, *recall[precision >= PRECISION_WANTED]]))
    return dict(zip(("auc", "averagePrecision", "recallAtPrecision80"), (round(float(figure), 4) for figure in figures)))


def at_threshold(scores, rows, threshold):
    """Precision and recall of calling fraud what reaches the threshold."""
    called = scores >= threshold
    caught, alarms = (rows.weight[called & (rows.fraud == label)].sum() for label in (1, 0))
    return {
        "precision": float(caught / max(caught + alarms, 1e-12)),
        "recall": float(caught / rows.weight[rows.fraud == 1].sum()),
    }


def lowest_threshold(scores, rows, precision_wanted=PRECISION_WANTED):
    """The lowest multiple of 0.05 from which on the precision is at least that, whatever higher multiple is taken."""
    candidates = np.arange(1, 20) / 20
    good = [at_threshold(scores, rows, candidate)["precision"] >= precision_wanted for candidate in candidates]
    first = len(good) - next((index for index, one in enumerate(reversed(good)) if not one), len(good))
    return float(candidates[min(first, len(candidates) - 1)])


def with_intervals(scores, rows, threshold, random):
    """Each figure as [value, low, high]: 95 % of what the same number of frauds and genuine rows, drawn again, would give."""

    def figures(scores, rows):
        return {**quality(scores, rows), **at_threshold(scores, rows, threshold)}

    counted = np.flatnonzero(rows.weight > 0)
    # Drawing references again and again would only cost time.
    scores, rows = scores[counted], rows.with_references(np.zeros((len(rows), 0))).at(counted)
    frauds, genuine = np.flatnonzero(rows.fraud == 1), np.flatnonzero(rows.fraud == 0)
    draws = []
    for _ in range(DRAWS):
        drawn = np.concatenate([random.choice(frauds, len(frauds)), random.choice(genuine, len(genuine))])
        draws.append(figures(scores[drawn], rows.at(drawn)))
    value = figures(scores, rows)
    return {
        name: [round(float(of), 4) for of in (value[name], *np.percentile([draw[name] for draw in draws], [2.5, 97.5]))]
        for name in value
    }
