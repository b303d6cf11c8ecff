"""Writes a trained network as the graphs that RedisAI runs, and the manifest that names them."""

import hashlib
import json
from pathlib import Path

import tensorflow as tf

from network import log_odds
from onnx_graph import onnx_model
from rows import FEATURES, REFERENCE_WIDTH

INPUTS = [("transaction", len(FEATURES)), ("reference", REFERENCE_WIDTH)]
OUTPUT = ("output", 2)
# Attributes that TensorFlow adds since 2.16, and that the one inside RedisAI 1.2 (2.8) would refuse.
NEWER_ATTRIBUTES = ("grad_a", "grad_b")


def write_model(name, parameters, folder):
    """name.pb, and the same as name.onnx; returns what the manifest says of these files."""
    definition = frozen_graph(parameters)
    contents = {
        "TF": (f"{name}.pb", definition.SerializeToString(deterministic=True)),
        "ONNX": (f"{name}.onnx", onnx_model(definition, INPUTS, OUTPUT)),
    }
    for file, content in contents.values():
        (Path(folder) / file).write_bytes(content)
    return [
        {"backend": backend, "file": file, "sha256": hashlib.sha256(content).hexdigest()}
        for backend, (file, content) in contents.items()
    ]


def write_manifest(models, trained_on, folder):
    """manifest.json: the first model at the top, the others under their names."""
    (first, *others) = models
    manifest = {
        **models[first],
        "inputs": [{"name": name, "width": width} for name, width in INPUTS],
        "output": {"name": OUTPUT[0], "width": OUTPUT[1], "fraudIndex": 0},
        "trainedOn": trained_on,
        "others": {name: models[name] for name in others},
    }
    (Path(folder) / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def frozen_graph(parameters):
    """GraphDef with the parameters as constants. Rows are free: one reference may serve all transactions or each have its own."""
    graph = tf.Graph()
    with graph.as_default():
        transaction, reference = (tf.compat.v1.placeholder(tf.float32, (None, width), name) for name, width in INPUTS)
        # Half the log-odds for fraud and half against it: the softmax of both is the probability.
        tf.nn.softmax(log_odds(parameters, transaction, reference) * [[0.5, -0.5]], name=OUTPUT[0])
    definition = graph.as_graph_def()
    for node in definition.node:
        for attribute in NEWER_ATTRIBUTES:
            node.attr.pop(attribute, None)
    return definition
