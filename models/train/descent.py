"""Gradient descent on the log-loss of fraud: Adam, a falling rate, decay of whatever is called weights."""

import numpy as np
import tensorflow as tf

BATCH = 4096
RATE = 1.2e-2
DECAY = 1e-3
SMOOTHING = 0.02  # of the labels: so that no row, right or wrong, is worth any price


def descend(answer, start, examples, random, epochs):
    """The parameters `start`, trained. `answer(parameters, inputs)` gives log-odds (n, 1) for a tuple of arrays;
    `examples` are (inputs, fraud, weight), all of them n long."""
    inputs, fraud, weight = examples
    wanted = fraud * (1 - SMOOTHING) + SMOOTHING * np.average(fraud, weights=weight).astype(np.float32)
    variables = {name: tf.Variable(value) for name, value in start.items()}
    optimizer = tf.keras.optimizers.Adam(RATE)
    # A straight line has hidden parameters too, none in number.
    trained = [variable for variable in variables.values() if variable.shape.num_elements() > 0]
    optimizer.build(trained)

    @tf.function
    def step(inputs, wanted, weight):
        with tf.GradientTape() as tape:
            losses = tf.nn.sigmoid_cross_entropy_with_logits(wanted[:, None], answer(variables, inputs))
            size = sum(tf.reduce_sum(value**2) for name, value in variables.items() if "weights" in name)
            loss = tf.reduce_mean(losses * weight[:, None]) + DECAY * size
        optimizer.apply_gradients(zip(tape.gradient(loss, trained), trained))

    for epoch in range(epochs):
        optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * epoch / epochs)))
        shuffled = random.permutation(len(fraud))
        for begin in range(0, len(shuffled) - BATCH + 1, BATCH):
            batch = shuffled[begin : begin + BATCH]
            step(tuple(values[batch] for values in inputs), wanted[batch], np.float32(weight[batch]))
    return {name: value.numpy() for name, value in variables.items()}
