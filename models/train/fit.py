"""From rows to a network: several small members joined, then the past, then calibration."""

import numpy as np
import tensorflow as tf

from descent import descend
from histories import card_histories
from network import (
    PAST_ROWS,
    bounds_of,
    initial_member,
    inputs_of,
    joined,
    log_odds,
    on_raw_inputs,
    present,
    suspicions,
)

SEED = 20130901
MEMBERS = 4
EPOCHS = {"present": 10, "past": 10}
FRAUD_SHARE = 0.05  # of the weight in training; calibration puts the odds right afterwards
SYNTHETIC = {"frauds": 1.0, "genuine": 0.3}  # weight of all synthetic ones, in that of all real ones
PAST_LIMIT = 4.0  # log-odds above those of a row of zeros, from which on an earlier transaction counts as suspicious
SCORED_AT_ONCE = 8192


def make_repeatable():
    """One thread and ordered sums: the same rows give the same bytes on the same kind of processor."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    tf.keras.utils.set_random_seed(SEED)


def fit(rows, synthetic, hidden):
    """Parameters fitted to `rows`, and to `synthetic` unless None; `hidden` units a member, 0 for a straight line."""
    random = np.random.default_rng(SEED)
    bounds = bounds_of(rows)
    parts = [rows] if synthetic is None else [rows, synthetic]
    weight = training_weights(parts)
    fraud = np.concatenate([part.fraud for part in parts])
    inputs = np.concatenate([inputs_of(bounds, part.features).numpy() for part in parts])
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0)
    examples = ((np.float32((inputs - mean) / np.maximum(deviation, 1e-6)),), fraud, weight)

    def answer(parameters, inputs):
        return present(parameters, *inputs)

    def member(hidden):
        start = initial_member(random, hidden, FRAUD_SHARE)
        return on_raw_inputs(descend(answer, start, examples, random, EPOCHS["present"]), mean, deviation)

    line = member(0)
    members = [member(hidden) for _ in range(MEMBERS)] if hidden > 0 else [line]
    network = {**bounds, **joined(members)}
    network["past_weights"] = np.float32(line["direct_weights"][:-1] / PAST_LIMIT)
    return {**network, **fit_past(network, rows, random)}


def training_weights(parts):
    """Of the rows of all parts, mean 1: frauds are FRAUD_SHARE of the sum, and the parts weigh as SYNTHETIC says."""
    fraud = np.concatenate([part.fraud for part in parts]) == 1
    weight = np.concatenate([part_weights(part, 1 if index == 0 else SYNTHETIC) for index, part in enumerate(parts)])
    for of_class, share in ((fraud, FRAUD_SHARE), (~fraud, 1 - FRAUD_SHARE)):
        weight[of_class] *= share / weight[of_class].sum()
    return weight * len(weight)


def part_weights(part, relative):
    """Weights of one part, whose frauds and whose genuine rows sum up to `relative`."""
    frauds, genuine = (relative, relative) if relative == 1 else (relative["frauds"], relative["genuine"])
    # Rows that stand for no others when something is measured are worth learning from all the same.
    weight = np.where(part.weight > 0, part.weight, 1.0)
    for of_class, share in ((part.fraud == 1, frauds), (part.fraud == 0, genuine)):
        weight[of_class] *= share / weight[of_class].sum()
    return weight


def fit_past(network, rows, random):
    """How much a suspicious earlier transaction counts, by its place. Which ones are suspicious is not learned again: what
    looks like fraud now did so then. Half of the examples have a history as cards give it, half the rows before."""
    past = suspicions(network, np.concatenate([card_histories(rows, random), rows.references])).numpy()
    now = np.tile(present(network, inputs_of(network, rows.features)).numpy(), (2, 1))

    def answer(parameters, inputs):
        past, now = inputs
        return tf.matmul(past, parameters["past_shares"]) + now

    start = {"past_shares": np.zeros((PAST_ROWS, 1), np.float32)}
    examples = ((past, now), np.tile(rows.fraud, 2), np.tile(training_weights([rows]), 2))
    return descend(answer, start, examples, random, EPOCHS["past"])


def odds_of(parameters, rows):
    """(n,) log-odds of fraud of each row with its references."""
    parts = range(0, len(rows), SCORED_AT_ONCE)
    batches = (slice(begin, begin + SCORED_AT_ONCE) for begin in parts)
    answers = [log_odds(parameters, rows.features[batch], rows.references[batch]).numpy() for batch in batches]
    return np.concatenate(answers)[:, 0].astype(np.float64)


def calibrated(parameters, factor, shift):
    """The same network, its log-odds times `factor` and plus `shift`."""
    linear = ("direct_weights", "output_weights", "past_shares", "bias")
    scaled = {name: value * factor if name in linear else value for name, value in parameters.items()}
    return {**{name: np.float32(value) for name, value in scaled.items()}, "bias": np.float32(scaled["bias"] + shift)}
