"""The fraud network: raw rows in, log-odds of fraud out. Written once, for the training and for the graph that is shipped."""

import numpy as np
import tensorflow as tf

from rows import AMOUNT, FEATURES, TIME

HIDDEN = 4  # of one member
INPUTS = len(FEATURES) + 1  # the row itself, ln(1 + Amount)
PAST_ROWS = 8  # those of a reference tensor that are whole
DEVIATIONS_MAX = 5.0  # what lies further out says no more


def bounds_of(rows):
    """(1, 30) each: between which each number of a row is kept. Time and Amount become 0: ln(1 + Amount) stands for them."""
    counted = rows.at(rows.weight > 0)
    mean = np.average(counted.features, axis=0, weights=counted.weight)
    deviation = np.sqrt(np.average((counted.features - mean) ** 2, axis=0, weights=counted.weight))
    low, high = mean - DEVIATIONS_MAX * deviation, mean + DEVIATIONS_MAX * deviation
    low[[TIME, AMOUNT]] = high[[TIME, AMOUNT]] = 0
    return {"low": np.float32(low)[None], "high": np.float32(high)[None]}


def log_odds(parameters, transaction, reference):
    """(n, 1). `transaction` (n, 30), `reference` (1, 256) or (n, 256)."""
    now = present(parameters, inputs_of(parameters, transaction))
    return now + tf.matmul(suspicions(parameters, reference), parameters["past_shares"])


def inputs_of(parameters, transaction):
    """(n, 31): the row within its bounds, and ln(1 + Amount)."""
    amount = tf.maximum(tf.slice(transaction, [0, AMOUNT], [-1, 1]), 0.0)
    return tf.concat([bounded(parameters, transaction), tf.math.log1p(amount)], axis=1)


def present(parameters, inputs):
    """What the transaction itself says: a straight line, and a hidden layer for what is not straight (where there is one)."""
    p = parameters
    line = tf.matmul(inputs, p["direct_weights"]) + p["bias"]
    if p["hidden_weights"].shape[1] == 0:
        return line
    hidden = tf.nn.relu(tf.matmul(inputs, p["hidden_weights"]) + p["hidden_bias"])
    return line + tf.matmul(hidden, p["output_weights"])


def suspicions(parameters, reference):
    """(n, 8): of each earlier transaction, by how much it looks like fraud beyond a limit. One of zeros, which is a missing
    one, is not suspicious."""
    rows = tf.reshape(tf.slice(reference, [0, 0], [-1, PAST_ROWS * len(FEATURES)]), [-1, len(FEATURES)])
    beyond = tf.nn.relu(tf.matmul(bounded(parameters, rows), parameters["past_weights"]) - 1.0)
    return tf.reshape(beyond, [-1, PAST_ROWS])


def bounded(parameters, values):
    return tf.minimum(tf.maximum(values, parameters["low"]), parameters["high"])


def initial_member(random, hidden, fraud_share):
    """A network without a past, to be trained on inputs of mean 0 and deviation 1; it knows how common fraud is."""
    return {
        "direct_weights": np.zeros((INPUTS, 1), np.float32),
        "hidden_weights": np.float32(random.normal(size=(INPUTS, hidden)) * np.sqrt(2 / INPUTS)),
        "hidden_bias": np.zeros((1, hidden), np.float32),
        "output_weights": np.float32(random.normal(size=(hidden, 1)) * np.sqrt(1 / max(hidden, 1))),
        "bias": np.full((1, 1), np.log(fraud_share / (1 - fraud_share)), np.float32),
    }


def on_raw_inputs(member, mean, deviation):
    """The same network for inputs that have not been brought to mean 0 and deviation 1."""
    # A deviation of 0 is that of Time and Amount, which are always 0.
    scale = np.divide(1, deviation, out=np.zeros_like(deviation), where=deviation > 0)[:, None]
    direct, hidden = member["direct_weights"] * scale, member["hidden_weights"] * scale
    return {
        **member,
        "direct_weights": direct,
        "hidden_weights": hidden,
        "hidden_bias": member["hidden_bias"] - mean @ hidden,
        "bias": member["bias"] - mean @ direct,
    }


def joined(members):
    """One network that answers the mean of what the members answer."""

    def mean(name):
        return np.mean([member[name] for member in members], axis=0)

    def side_by_side(name, axis):
        return np.concatenate([member[name] for member in members], axis=axis)

    return {
        "direct_weights": mean("direct_weights"),
        "hidden_weights": side_by_side("hidden_weights", 1),
        "hidden_bias": side_by_side("hidden_bias", 1),
        "output_weights": side_by_side("output_weights", 0) / len(members),
        "bias": mean("bias"),
    }


def multiply_adds(parameters):
    """Of one score."""
    weights = (name for name in parameters if name.endswith("_weights") and name != "past_weights")
    return sum(parameters[name].size for name in weights) + PAST_ROWS * (len(FEATURES) + 1)
