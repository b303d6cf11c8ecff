"""Rows of a CSV in the ULB schema, as arrays: first step of the training."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FEATURES = ["Time", *(f"V{i}" for i in range(1, 29)), "Amount"]
TIME, AMOUNT = 0, 29
REFERENCE_ROWS = 10  # the most that are looked up
REFERENCE_WIDTH = 256  # their numbers one after the other, cut there: eight rows and a part of the ninth


@dataclass
class Rows:
    """`features` (n, 30) float32, `references` (n, 256) float32, `fraud` (n,) of 0 and 1, `weight` (n,): rows of the whole
    set that a row stands for when something is measured, 0 for those that are only trained on."""

    features: np.ndarray
    references: np.ndarray
    fraud: np.ndarray
    weight: np.ndarray

    def __len__(self):
        return len(self.fraud)

    def at(self, indices):
        return Rows(self.features[indices], self.references[indices], self.fraud[indices], self.weight[indices])

    def with_references(self, references):
        return Rows(self.features, references, self.fraud, self.weight)


def read_rows(path, uniform_weight):
    """Reads a .csv or .csv.gz in the order of its rows. With a column Uniform, a genuine row weighs `uniform_weight` if it
    is 1, else nothing. The references of a row are the rows before it, as a stream without card numbers has them."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        columns = [name.strip('"') for name in file.readline().strip().split(",")]
        table = np.loadtxt((line.replace('"', "") for line in file), delimiter=",", ndmin=2)
    column = {name: table[:, index] for index, name in enumerate(columns)}
    features = np.stack([column[name] for name in FEATURES], axis=1).astype(np.float32)
    fraud = column["Class"].astype(np.float32)
    weight = np.ones(len(fraud))
    if "Uniform" in column:
        weight = np.where(fraud == 1, 1, column["Uniform"] * uniform_weight)
    before = np.arange(len(fraud))[:, None] - np.arange(1, REFERENCE_ROWS + 1)
    return Rows(features, reference_tensors(features, before), fraud, weight)


def reference_tensors(features, indices):
    """(n, 256): of each row the rows of `features` at `indices` (n, 10) one after the other, zeros where one is negative."""
    references = features[np.maximum(indices, 0)] * (indices >= 0)[:, :, None]
    return references.reshape(len(indices), -1)[:, :REFERENCE_WIDTH]


def sha256(path):
    """Of the rows themselves, whether they are compressed or not."""
    content = Path(path).read_bytes()
    return hashlib.sha256(gzip.decompress(content) if path.endswith(".gz") else content).hexdigest()
