"""Trains the fraud models on a CSV in the ULB schema and writes models/. One command, seeded: see models/README.md."""

import argparse
import json
from pathlib import Path

import numpy as np

from calibration import platt, probability, reliability, score_histogram
from export import write_manifest, write_model
from fit import SEED, calibrated, fit, make_repeatable, odds_of
from histories import card_histories
from network import HIDDEN, multiply_adds
from quality import lowest_threshold, quality, with_intervals
from rows import read_rows, sha256

BLOCKS = 5
MODELS = {"fraud_detection_model": HIDDEN, "fraud_detection_challenger": 0}  # units of a member; 0 is logistic regression
SAMPLE = str(Path(__file__).parents[2] / "data" / "transactions.sample.csv")
SAMPLE_ROWS = 160  # two frauds among them


def main():
    arguments = parse_arguments()
    make_repeatable()
    rows = read_rows(arguments.csv, arguments.uniform_weight)
    synthetic = None if arguments.synthetic is None else read_rows(arguments.synthetic, arguments.uniform_weight)
    trained_on = {
        name: {"rows": len(part), "frauds": int(part.fraud.sum()), "sha256": sha256(path)}
        for name, part, path in (("rows", rows, arguments.csv), ("synthetic", synthetic, arguments.synthetic))
        if part is not None
    }
    models, samples = {}, {}
    for name, hidden in MODELS.items():
        parameters, card = trained(rows, synthetic, hidden)
        files = [] if arguments.out is None else write_model(name, parameters, arguments.out)
        models[name] = {"files": files, **card}
        samples[name] = sample_scores(parameters)
    print(json.dumps({"trainedOn": trained_on, **models}, indent=2))
    if arguments.out is not None:
        write_manifest(models, trained_on, arguments.out)
        Path(arguments.out, "sample-scores.json").write_text(json.dumps(samples) + "\n")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", help="rows in the order of their time, frauds as often as where the model will be used")
    parser.add_argument("--synthetic", default=None, help="CSV of synthetic rows to train on besides")
    parser.add_argument("--out", default=None, help="folder to write the models to; nothing is written without it")
    parser.add_argument("--uniform-weight", type=float, default=5.184, help="what a row counts that the column Uniform marks")
    return parser.parse_args()


def trained(rows, synthetic, hidden):
    """Parameters fitted to all rows, and what their card says, measured on rows that had no part in the fit."""
    unseen = odds_of_unseen(rows, synthetic, hidden)
    factor, shift = platt(unseen["stream"], rows)
    scores = {history: probability(factor * odds + shift) for history, odds in unseen.items()}
    threshold = lowest_threshold(scores["stream"], rows)
    parameters = calibrated(fit(rows, synthetic, hidden), factor, shift)
    random = np.random.default_rng(SEED)
    late = np.concatenate(blocks_of(rows)[-1:])
    card = {
        "multiplyAdds": multiply_adds(parameters),
        "threshold": threshold,
        "quality": with_intervals(scores["stream"], rows, threshold, random),
        "qualityLate": with_intervals(scores["stream"][late], rows.at(late), threshold, random),
        "qualityByHistory": {history: quality(of, rows) for history, of in scores.items()},
        "reliability": reliability(scores["stream"], rows),
        "scoreHistogram": score_histogram(scores["stream"], rows),
    }
    return parameters, card


def blocks_of(rows):
    return np.array_split(np.arange(len(rows)), BLOCKS)


def odds_of_unseen(rows, synthetic, hidden):
    """Log-odds of each row by a network fitted to the other blocks of time, once for each kind of history."""
    simulated = card_histories(rows, np.random.default_rng(SEED))
    kinds = {"stream": rows.references, "none": np.zeros_like(simulated), "cards": simulated}
    odds = {kind: np.zeros(len(rows)) for kind in kinds}
    for block in blocks_of(rows):
        parameters = fit(rows.at(np.setdiff1d(np.arange(len(rows)), block)), synthetic, hidden)
        for kind, references in kinds.items():
            odds[kind][block] = odds_of(parameters, rows.with_references(references).at(block))
    return odds


def sample_scores(parameters):
    """What TensorFlow answers for the first rows of the sample, for other engines to be tested against."""
    scores = probability(odds_of(parameters, read_rows(SAMPLE, 1).at(slice(0, SAMPLE_ROWS))))
    return [float(f"{score:.8g}") for score in scores]


if __name__ == "__main__":
    main()
