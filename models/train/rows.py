"""Rows of a CSV in the ULB schema, as arrays: first step of the training."""

import gzip
from dataclasses import dataclass

import numpy as np

FEATURES = ["Time", *(f"V{i}" for i in range(1, 29)), "Amount"]
TIME, AMOUNT = 0, 29
REFERENCE_ROWS = 10  # the most that are looked up
REFERENCE_WIDTH = 256  # their numbers one after the other, cut there: eight rows and a part of the ninth


@dataclass
class Rows:
    """`features` (n, 30) float32 in file order, `fraud` (n,) of 0 and 1, `weight` (n,): rows of the whole set that a row stands for."""

    features: np.ndarray
    fraud: np.ndarray
    weight: np.ndarray

    def __len__(self):
        return len(self.fraud)

    def part(self, start, end):
        return Rows(self.features[start:end], self.fraud[start:end], self.weight[start:end])


def read_rows(path, uniform_weight):
    """Reads a .csv or .csv.gz. Where it has a column Uniform, genuine rows count `uniform_weight` if it is 1, else nothing."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        columns = [name.strip('"') for name in file.readline().strip().split(",")]
        table = np.loadtxt((line.replace('"', "") for line in file), delimiter=",", ndmin=2)
    column = {name: table[:, index] for index, name in enumerate(columns)}
    features = np.stack([column[name] for name in FEATURES], axis=1).astype(np.float32)
    fraud = column["Class"].astype(np.float32)
    weight = np.ones(len(fraud))
    if "Uniform" in column:
        weight = np.where(fraud == 1, 1, column["Uniform"] * uniform_weight)
    return Rows(features, fraud, weight)


def reference_tensors(rows, indices, counts):
    """(n, 256): of each row at `indices` the `counts` rows before it, newest first, then zeros."""
    ago = np.arange(1, REFERENCE_ROWS + 1)
    before = indices[:, None] - ago
    there = (before >= 0) & (ago <= counts[:, None])
    references = rows.features[np.maximum(before, 0)] * there[:, :, None]
    return references.reshape(len(indices), -1)[:, :REFERENCE_WIDTH]
