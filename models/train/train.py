"""Trains the fraud model on a CSV in the ULB schema and writes models/. One command, seeded: see models/README.md."""

import argparse
import json
from pathlib import Path

import numpy as np
import tensorflow as tf

from export import write_model
from network import initial_parameters, logits, bounds_of
from quality import quality
from rows import REFERENCE_ROWS, REFERENCE_WIDTH, read_rows, reference_tensors

SEED = 20130901
BATCH = 512
EPOCHS = {"transaction": 12, "reference": 2}
RATE = 2e-3
DECAY = {"transaction": 3e-3, "reference": 1e-3}
TRAINED_FRAUD_SHARE = 0.05  # by weight; the bias is put right for the true base rate afterwards
TRAIN_SHARE = 0.8  # the first rows by time; the rest is for measuring
SAMPLE = str(Path(__file__).parents[2] / "data" / "transactions.sample.csv")
SAMPLE_ROWS = 160  # two frauds among them
NO_REFERENCES = np.zeros((1, REFERENCE_WIDTH), np.float32)


def main():
    arguments = parse_arguments()
    make_repeatable()
    rows = read_rows(arguments.csv, arguments.uniform_weight)
    cut = int(len(rows) * TRAIN_SHARE) if arguments.measure is None else len(rows)
    fitted = rows.part(0, cut)
    measured = rows.part(cut, None) if arguments.measure is None else read_rows(arguments.measure, arguments.uniform_weight)

    random = np.random.default_rng(SEED)
    bounds = bounds_of(fitted)
    transaction, reference = initial_parameters(random)
    transaction = fit("transaction", transaction, {**bounds, **reference}, fitted, random)
    reference = fit("reference", reference, {**bounds, **transaction}, fitted, random)
    parameters = at_base_rate({**bounds, **transaction, **reference}, arguments.fraud_rate)

    report = {
        "trainedOn": {"rows": len(fitted), "frauds": int(fitted.fraud.sum())},
        "measuredOn": {"rows": int((measured.weight > 0).sum()), "frauds": int(measured.fraud.sum())},
        "withReferences": quality(scores(parameters, measured, REFERENCE_ROWS), measured, arguments.threshold),
        "withoutReferences": quality(scores(parameters, measured, 0), measured, arguments.threshold),
    }
    print(json.dumps(report, indent=2))
    if arguments.out is not None:
        write_model(parameters, arguments.threshold, arguments.out)
        write_sample_scores(parameters, arguments.out)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", help="rows in the order of their time; .gz or not")
    parser.add_argument("--out", default=None, help="folder to write the model to; nothing is written without it")
    parser.add_argument("--measure", default=None, help="CSV to measure on, instead of the last fifth of the other")
    parser.add_argument("--fraud-rate", type=float, default=0.00173, help="share of frauds where the model will be used")
    parser.add_argument("--threshold", type=float, default=0.6, help="score from which on a transaction is called fraud")
    parser.add_argument("--uniform-weight", type=float, default=5.184, help="what a row counts that the column Uniform marks")
    return parser.parse_args()


def make_repeatable():
    """One thread and ordered sums: the same rows give the same bytes on the same kind of processor."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    tf.keras.utils.set_random_seed(SEED)


def fit(part, start, fixed, rows, random):
    """Trains the parameters `start` while `fixed` stay; `part` says which share of the network they are."""
    variables = {name: tf.Variable(value) for name, value in start.items()}
    weight = training_weights(rows)
    optimizer = tf.keras.optimizers.Adam(RATE)
    optimizer.build(list(variables.values()))

    @tf.function
    def step(transaction, reference, fraud, weight):
        with tf.GradientTape() as tape:
            answer = logits({**fixed, **variables}, transaction, reference)
            losses = tf.nn.softmax_cross_entropy_with_logits(tf.stack([fraud, 1 - fraud], axis=1), answer)
            size = tf.add_n([tf.reduce_sum(value**2) for name, value in variables.items() if "weights" in name])
            loss = tf.reduce_mean(losses * weight) + DECAY[part] * size
        optimizer.apply_gradients(zip(tape.gradient(loss, list(variables.values())), variables.values()))

    counted = np.flatnonzero(weight > 0)
    for epoch in range(EPOCHS[part]):
        optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS[part])))
        shuffled = random.permutation(counted)
        for begin in range(0, len(shuffled) - BATCH + 1, BATCH):
            batch = shuffled[begin : begin + BATCH]
            references = NO_REFERENCES if part == "transaction" else some_references(rows, batch, random)
            step(rows.features[batch], references, rows.fraud[batch], np.float32(weight[batch]))
    return {name: value.numpy() for name, value in variables.items()}


def some_references(rows, batch, random):
    """Histories of any length, so that a short one is nothing new."""
    return reference_tensors(rows, batch, random.integers(0, REFERENCE_ROWS + 1, len(batch)))


def training_weights(rows):
    """Weights of mean 1 by which frauds are TRAINED_FRAUD_SHARE of all."""
    fraud = rows.fraud == 1
    weight = rows.weight.copy()
    weight[fraud] *= TRAINED_FRAUD_SHARE / weight[fraud].sum()
    weight[~fraud] *= (1 - TRAINED_FRAUD_SHARE) / weight[~fraud].sum()
    return weight * np.count_nonzero(weight)


def at_base_rate(parameters, fraud_rate):
    """The same network, its odds of fraud put right from the share it was trained with to the true one."""
    shift = np.log(fraud_rate / (1 - fraud_rate)) - np.log(TRAINED_FRAUD_SHARE / (1 - TRAINED_FRAUD_SHARE))
    return {**parameters, "bias3": np.float32(parameters["bias3"] + [[shift, 0]])}


def scores(parameters, rows, known):
    """Probability of fraud of each row, its `known` predecessors being its references."""
    answers = []
    for begin in range(0, len(rows), 4096):
        batch = np.arange(begin, min(begin + 4096, len(rows)))
        references = reference_tensors(rows, batch, np.full(len(batch), known))
        answer = logits(parameters, rows.features[batch], references)
        answers.append(tf.nn.softmax(answer).numpy()[:, 0])
    return np.concatenate(answers)


def write_sample_scores(parameters, folder):
    """What TensorFlow answers for the first rows of the sample, for other engines to be tested against."""
    answers = scores(parameters, read_rows(SAMPLE, 1).part(0, SAMPLE_ROWS), REFERENCE_ROWS)
    Path(folder, "sample-scores.json").write_text(json.dumps([float(f"{score:.8g}") for score in answers]) + "\n")


if __name__ == "__main__":
    main()
