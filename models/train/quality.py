"""How well scores order rows: every figure counts a row as often as its weight says, so that it holds at the true base rate."""

import numpy as np


def quality(scores, rows, threshold):
    """AUC, average precision, and precision and recall at `threshold`."""
    order = np.argsort(-scores, kind="stable")
    score, weight, fraud = scores[order], rows.weight[order], rows.fraud[order]
    caught, alarms = np.cumsum(weight * fraud), np.cumsum(weight * (1 - fraud))
    # Rows of one score are told apart by nothing: they count together.
    last = np.r_[score[1:] != score[:-1], True]
    caught, alarms, score = caught[last], alarms[last], score[last]
    recall, precision = caught / caught[-1], caught / np.maximum(caught + alarms, 1e-12)
    gained = np.diff(np.r_[0, recall])
    missed_before = 1 - (recall - gained / 2)
    above = np.searchsorted(-score, -threshold, side="right") - 1
    return {
        "auc": round(float(1 - np.sum(np.diff(np.r_[0, alarms / alarms[-1]]) * missed_before)), 4),
        "averagePrecision": round(float(np.sum(gained * precision)), 4),
        "precision": round(float(precision[above]), 4) if above >= 0 else None,
        "recall": round(float(recall[above]), 4) if above >= 0 else 0.0,
    }
