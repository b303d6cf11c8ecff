"""Histories as cards would give them, for rows that name no card. The shares below are assumptions, not measurements."""

import numpy as np

from rows import REFERENCE_ROWS, reference_tensors

KNOWN_SHARE = 0.5  # of frauds: those that follow other frauds on the same card
LATE_SHARE = 0.005  # of genuine transactions: those on a card that has had a fraud
GO_ON_SHARE = 0.5  # each further fraud of a series


def card_histories(rows, random):
    """(n, 256) drawn from other rows of the same set: up to ten earlier ones, frauds among them more often before a fraud."""
    frauds, genuine = np.flatnonzero(rows.fraud == 1), np.flatnonzero(rows.fraud == 0)
    shape = (len(rows), REFERENCE_ROWS)
    history = random.choice(genuine, shape)
    follows = random.random(len(rows)) < np.where(rows.fraud == 1, KNOWN_SHARE, LATE_SHARE)
    series = np.where(follows, random.geometric(1 - GO_ON_SHARE, len(rows)), 0)
    place = np.arange(REFERENCE_ROWS)
    history = np.where(place < series[:, None], random.choice(frauds, shape), history)
    # A fraud of the own row in its past would tell what is asked for.
    history = np.where(history == np.arange(len(rows))[:, None], random.choice(genuine, shape), history)
    length = random.integers(0, REFERENCE_ROWS + 1, len(rows))
    return reference_tensors(rows.features, np.where(place < length[:, None], history, -1))
