"""The fraud network: raw rows in, probabilities out. Written once, for the training and for the graph that is shipped."""

import numpy as np
import tensorflow as tf

from rows import AMOUNT, FEATURES, REFERENCE_WIDTH, TIME

HIDDEN = (16, 8)
REFERENCE_HIDDEN = 4
INPUTS = 2 + len(FEATURES) + 1  # sine and cosine of the hour, the row itself, ln(1 + Amount)
DEVIATIONS_MAX = 4.0  # what lies further out says no more
DAY_SECONDS = 86400.0


def bounds_of(rows):
    """(1, 30) each: between which each number of a row is kept. Time and Amount become 0: others stand for them."""
    mean = np.average(rows.features, axis=0, weights=rows.weight)
    deviation = np.sqrt(np.average((rows.features - mean) ** 2, axis=0, weights=rows.weight))
    low, high = mean - DEVIATIONS_MAX * deviation, mean + DEVIATIONS_MAX * deviation
    low[[TIME, AMOUNT]] = high[[TIME, AMOUNT]] = 0
    return {"low": np.float32(low)[None], "high": np.float32(high)[None]}


def initial_parameters(random):
    """Those of the transaction, and those of the reference branch, whose last layer is zero: it starts by saying nothing."""

    def layer(inputs, outputs):
        return np.float32(random.normal(size=(inputs, outputs)) * np.sqrt(2 / inputs))

    first, second = HIDDEN
    transaction = {
        "weights1": layer(INPUTS, first),
        "bias1": np.zeros((1, first), np.float32),
        "weights2": layer(first, second),
        "bias2": np.zeros((1, second), np.float32),
        "weights3": layer(second, 2),
        "bias3": np.zeros((1, 2), np.float32),
    }
    reference = {
        "reference_weights1": layer(REFERENCE_WIDTH, REFERENCE_HIDDEN),
        "reference_weights2": np.zeros((REFERENCE_HIDDEN, first), np.float32),
    }
    return transaction, reference


def logits(parameters, transaction, reference):
    """(n, 2), fraud first. `transaction` (n, 30), `reference` (1, 256) or (n, 256)."""
    p = parameters
    inputs = tf.concat([hour(transaction), bounded(transaction, p["low"], p["high"]), log_amount(transaction)], axis=1)
    hidden = tf.matmul(inputs, p["weights1"]) + p["bias1"] + history(p, reference)
    hidden = tf.matmul(tf.nn.relu(hidden), p["weights2"]) + p["bias2"]
    return tf.matmul(tf.nn.relu(hidden), p["weights3"]) + p["bias3"]


def hour(transaction):
    """(n, 2): sine and cosine of the hour of the day, the cosine being the sine a quarter of a turn on."""
    time = tf.slice(transaction, [0, TIME], [-1, 1])
    turns = np.full((1, 2), 2 * np.pi / DAY_SECONDS, np.float32)
    return tf.sin(time * turns + np.array([[0, np.pi / 2]], np.float32))


def log_amount(transaction):
    return tf.math.log1p(tf.maximum(tf.slice(transaction, [0, AMOUNT], [-1, 1]), 0.0))


def bounded(values, low, high):
    return tf.minimum(tf.maximum(values, low), high)


def history(p, reference):
    """What the reference rows add to the first layer. There is no bias, so that zeros, where a row is missing, add nothing."""
    low, high = (np.resize(p[name], (1, REFERENCE_WIDTH)) for name in ("low", "high"))
    hidden = tf.nn.relu(tf.matmul(bounded(reference, low, high), p["reference_weights1"]))
    return tf.matmul(hidden, p["reference_weights2"])
