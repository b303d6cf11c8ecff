"""The frozen TensorFlow graph as ONNX, node by node: only the operators that network.py uses."""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper
from tensorflow import make_ndarray

# Opset 15 and file version 8 are the newest that ONNX Runtime 1.11, the one inside RedisAI 1.2, reads.
OPSET, IR_VERSION = 15, 8
SAME = ("Mul", "Sub", "Floor", "Sin", "Cos", "MatMul", "Abs", "Sign", "Relu", "Reshape")
RENAMED = {"AddV2": "Add", "RealDiv": "Div", "Maximum": "Max", "Minimum": "Min", **{name: name for name in SAME}}


def onnx_model(definition, inputs, output):
    """Bytes of the model. `inputs` are pairs (name, width); every first dimension is free."""
    constants = {node.name: make_ndarray(node.attr["value"].tensor) for node in definition.node if node.op == "Const"}
    initializers, nodes = dict(constants), []
    for node in definition.node:
        if node.op not in ("Const", "Placeholder"):
            nodes.extend(converted(node, constants, initializers))
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "fraud_detection",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", width]) for name, width in inputs],
        [helper.make_tensor_value_info(output[0], TensorProto.FLOAT, ["n", output[1]])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in initializers.items() if name in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def converted(node, constants, initializers):
    """ONNX nodes for one TensorFlow node; constants that they need besides go to `initializers`."""
    name, inputs = node.name, list(node.input)

    def constant(suffix, value):
        initializers[f"{name}/{suffix}"] = np.asarray(value)
        return f"{name}/{suffix}"

    if node.op in RENAMED:
        if node.op == "Reshape":
            inputs[1] = constant("shape64", constants[inputs[1]].astype(np.int64))
        return [helper.make_node(RENAMED[node.op], inputs, [name], name)]
    if node.op == "Log1p":
        more = helper.make_node("Add", [inputs[0], constant("one", np.float32(1))], [f"{name}/more"], f"{name}/more")
        return [more, helper.make_node("Log", [f"{name}/more"], [name], name)]
    if node.op == "Softmax":
        return [helper.make_node("Softmax", inputs, [name], name, axis=-1)]
    if node.op == "ConcatV2":
        return [helper.make_node("Concat", inputs[:-1], [name], name, axis=int(constants[inputs[-1]]))]
    if node.op == "Sum":
        axes = constant("axes", np.atleast_1d(constants[inputs[1]]).astype(np.int64))
        return [helper.make_node("ReduceSum", [inputs[0], axes], [name], name, keepdims=int(node.attr["keep_dims"].b))]
    if node.op == "Slice":
        begin, size = (constants[inputs[at]].astype(np.int64) for at in (1, 2))
        end = np.where(size < 0, np.iinfo(np.int64).max, begin + size)
        return [helper.make_node("Slice", [inputs[0], constant("begin", begin), constant("end", end)], [name], name)]
    raise ValueError(f"{name}: no ONNX form of {node.op} is known here")
