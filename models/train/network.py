"""The fraud network: raw rows in, probabilities out. Written once, for the training and for the graph that is shipped."""

import numpy as np
import tensorflow as tf

from rows import AMOUNT, FEATURES, REFERENCE_ROWS

HIDDEN = (16, 8)
REFERENCE_HIDDEN = 4
INPUTS = 31  # sine and cosine of the hour, V1 … V28, ln(1 + Amount)
CLIP = 4.0  # deviations; what lies further out says no more
DAY_SECONDS = 86400.0


def scaling_of(rows):
    """Mean and deviation of V1 … V28 and ln(1 + Amount), by which the graph scales them."""
    values = np.concatenate([rows.features[:, 1:AMOUNT], np.log1p(rows.features[:, AMOUNT:])], axis=1)
    mean = np.average(values, axis=0, weights=rows.weight)
    deviation = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=rows.weight))
    return {"mean": np.float32(mean)[None], "inverse_deviation": np.float32(1 / deviation)[None]}


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
        "reference_weights1": layer(AMOUNT + 1, REFERENCE_HIDDEN),
        "reference_bias1": np.zeros((1, REFERENCE_HIDDEN), np.float32),
        "reference_weights2": np.zeros((REFERENCE_HIDDEN, first), np.float32),
    }
    return transaction, reference


def logits(parameters, transaction, reference):
    """(n, 2), fraud first. `transaction` (n, 30), `reference` (1, 256) or (n, 256)."""
    p = parameters
    day = tf.slice(transaction, [0, 0], [-1, 1]) * (1 / DAY_SECONDS)
    angle = (day - tf.floor(day)) * (2 * np.pi)
    amount = tf.slice(transaction, [0, AMOUNT], [-1, 1])
    scaled = scale(p, tf.slice(transaction, [0, 1], [-1, AMOUNT - 1]), amount)
    inputs = tf.concat([tf.sin(angle), tf.cos(angle), scaled], axis=1)
    hidden = tf.matmul(inputs, p["weights1"]) + p["bias1"] + history(p, reference)
    hidden = tf.matmul(tf.nn.relu(hidden), p["weights2"]) + p["bias2"]
    return tf.matmul(tf.nn.relu(hidden), p["weights3"]) + p["bias3"]


def scale(p, components, amount):
    """V1 … V28 and ln(1 + Amount) in deviations from their means."""
    values = tf.concat([components, tf.math.log1p(tf.maximum(amount, 0.0))], axis=1)
    return tf.minimum(tf.maximum((values - p["mean"]) * p["inverse_deviation"], -CLIP), CLIP)


def history(p, reference):
    """What the reference rows add to the first layer: how many they are and their mean; rows of zeros do not count."""
    width = len(FEATURES)
    rows = tf.reshape(tf.slice(reference, [0, 0], [-1, REFERENCE_ROWS * width]), [-1, REFERENCE_ROWS, width])
    there = tf.sign(tf.reduce_sum(tf.abs(rows), axis=2))
    count = tf.reduce_sum(there, axis=1, keepdims=True)
    mean = tf.reduce_sum(rows, axis=1) / tf.maximum(count, 1.0)
    components, amount = tf.slice(mean, [0, 1], [-1, AMOUNT - 1]), tf.slice(mean, [0, AMOUNT], [-1, 1])
    some = tf.minimum(count, 1.0)
    inputs = tf.concat([scale(p, components, amount) * some, count * (1 / REFERENCE_ROWS)], axis=1)
    hidden = tf.nn.relu(tf.matmul(inputs, p["reference_weights1"]) + p["reference_bias1"])
    return tf.matmul(hidden, p["reference_weights2"]) * some
