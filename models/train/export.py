"""Writes the trained network as the graphs that RedisAI runs, and the manifest that names them."""

import hashlib
import json
from pathlib import Path

import tensorflow as tf

from network import logits
from onnx_graph import onnx_model
from rows import FEATURES, REFERENCE_WIDTH

INPUTS = [("transaction", len(FEATURES)), ("reference", REFERENCE_WIDTH)]
OUTPUT = ("output", 2)
# Attributes that TensorFlow adds since 2.16, and that the one inside RedisAI 1.2 (2.8) would refuse.
NEWER_ATTRIBUTES = ("grad_a", "grad_b")


def write_model(parameters, threshold, folder):
    """fraud_detection_model.pb, the same as .onnx, and manifest.json with their sha256."""
    definition = frozen_graph(parameters)
    files = {
        "TF": ("fraud_detection_model.pb", definition.SerializeToString(deterministic=True)),
        "ONNX": ("fraud_detection_model.onnx", onnx_model(definition, INPUTS, OUTPUT)),
    }
    for name, content in files.values():
        (Path(folder) / name).write_bytes(content)
    manifest = {
        "files": [
            {"backend": backend, "file": name, "sha256": hashlib.sha256(content).hexdigest()}
            for backend, (name, content) in files.items()
        ],
        "inputs": [{"name": name, "width": width} for name, width in INPUTS],
        "output": {"name": OUTPUT[0], "width": OUTPUT[1], "fraudIndex": 0},
        "threshold": threshold,
    }
    (Path(folder) / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def frozen_graph(parameters):
    """GraphDef with the parameters as constants. Rows are free: one reference may serve all transactions or each have its own."""
    graph = tf.Graph()
    with graph.as_default():
        transaction, reference = (tf.compat.v1.placeholder(tf.float32, (None, width), name) for name, width in INPUTS)
        tf.nn.softmax(logits(parameters, transaction, reference), name=OUTPUT[0])
    definition = graph.as_graph_def()
    for node in definition.node:
        for attribute in NEWER_ATTRIBUTES:
            node.attr.pop(attribute, None)
    return definition
