"""Builds the graph that ships: the trunk of the first network with our neck, marks branch and head behind it.

Input `x`: 1 x 3 x 48 x width. Outputs: `logs` (1 x steps x classes, log probabilities) and `features` (1 x steps x
WIDTH, what the head sees, for learning a hand on the spot).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from training.alphabet import LETTERS
from training.base import CHANNELS, ROWS, WIDTH, Base, part_until
from training.network import HEADS, Reader

OPSET = 17

LEAST_HALVED = 256
"""Weights of fewer numbers stay as they are."""


class _Builder:
    """Adds nodes one after another; every method returns the name of what the node gives."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: Any, dtype: Any = np.float32) -> str:
        name = f"hand_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array(value, dtype, order="C"), name))
        return name

    def numbers(self, *values: int) -> str:
        return self.weight(values, np.int64)

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"hand_out_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def named(self, kind: str, source: str, name: str, **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, [source], [name], **attributes))

    def linear(self, x: str, layer: Any) -> str:
        product = self.add("MatMul", x, self.weight(_array(layer.weight).T))
        return self.add("Add", product, self.weight(_array(layer.bias)))

    def silu(self, x: str) -> str:
        return self.add("Mul", x, self.add("Sigmoid", x))

    def along(self, x: str, layer: Any) -> str:
        """A convolution along steps, of 1 x steps x width."""
        turned = self.add("Transpose", x, perm=[0, 2, 1])
        pad = layer.padding[0]
        seen = self.add(
            "Conv", turned, self.weight(_array(layer.weight)), self.weight(_array(layer.bias)),
            group=layer.groups, pads=[pad, pad], kernel_shape=[layer.kernel_size[0]],
        )  # fmt: skip
        return self.add("Transpose", seen, perm=[0, 2, 1])

    def norm(self, x: str, layer: Any) -> str:
        weight, bias = self.weight(_array(layer.weight)), self.weight(_array(layer.bias))
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=layer.eps)

    def attention(self, x: str, block: Any) -> str:
        parts = self.add("Reshape", self.linear(x, block.mix), self.numbers(0, 0, 3, HEADS, WIDTH // HEADS))
        split = self.add("Transpose", parts, perm=[2, 0, 3, 1, 4])
        q, k, v = (self.add("Gather", split, self.weight(i, np.int64), axis=0) for i in range(3))
        scaled = self.add("Mul", q, self.weight((WIDTH // HEADS) ** -0.5))
        weights = self.add("MatMul", scaled, self.add("Transpose", k, perm=[0, 1, 3, 2]))
        seen = self.add("MatMul", self.add("Softmax", weights, axis=-1), v)
        merged = self.add("Reshape", self.add("Transpose", seen, perm=[0, 2, 1, 3]), self.numbers(0, 0, WIDTH))
        return self.linear(merged, block.out)


def _array(parameter: Any) -> NDArray[np.float32]:
    return np.asarray(parameter.detach().numpy(), np.float32)


def whole_graph(base: Base, readers: Sequence[Reader], trunk: onnx.ModelProto | None = None) -> onnx.ModelProto:
    """The graph of trunk and readers, with the letters of the classes in its metadata.

    Several readers vote: the mean of their log probabilities is told, and the features of the first.
    """
    model = part_until(base, base.trunk_name, trunk)
    build = _Builder()
    rows = build.add("AveragePool", base.trunk_name, kernel_shape=[1, 2], strides=[1, 2])
    # 1 x channels x rows x steps becomes 1 x steps x rows x channels.
    turned = build.add("Transpose", rows, perm=[0, 3, 2, 1])
    pooled = build.add("ReduceMean", turned, axes=[2], keepdims=0)
    votes = [_read(build, reader, turned, pooled) for reader in readers]
    build.named("Identity", votes[0][0], "features")
    scores = [vote for _, vote in votes]
    if len(scores) > 1:
        told = [build.add("LogSoftmax", score, axis=-1) for score in scores]
        scores = [build.add("Mul", build.add("Sum", *told), build.weight(1.0 / len(told)))]
    build.named("LogSoftmax", scores[0], "logs", axis=-1)
    return _finished(model, build)


def _read(build: _Builder, reader: Reader, turned: str, pooled: str) -> tuple[str, str]:
    """What a reader's head sees at each step, and its scores before normalisation."""
    x = build.silu(build.linear(pooled, reader.squeeze))
    x = build.add("Add", x, build.silu(build.along(x, reader.along)))
    after = ""
    if reader.marks is not None:
        flat = build.add("Reshape", turned, build.numbers(0, 0, ROWS * CHANNELS))
        seen = build.silu(build.linear(flat, reader.marks.rows))
        seen = build.add("Add", seen, build.silu(build.along(seen, reader.marks.along)))
        given = build.linear(seen, reader.marks.give)
        before, after = (
            build.add("Slice", given, build.numbers(start), build.numbers(start + WIDTH), build.numbers(2))
            for start in (0, WIDTH)
        )
        x = build.add("Add", x, before)
    for block in reader.blocks:
        x = build.add("Add", x, build.attention(build.norm(x, block.norm1), block))
        lifted = build.silu(build.linear(build.norm(x, block.norm2), block.up))
        x = build.add("Add", x, build.linear(lifted, block.down))
    x = build.add("Add", build.norm(x, reader.norm), build.silu(build.linear(pooled, reader.branch)))
    features = build.add("Add", x, after) if after else x
    product = build.add("MatMul", features, build.weight(_array(reader.head.weight()).T))
    return features, build.add("Add", product, build.weight(_array(reader.head.bias)))


def _finished(model: onnx.ModelProto, build: _Builder) -> onnx.ModelProto:
    graph = model.graph
    graph.node.extend(build.nodes)
    graph.initializer.extend(build.weights)
    graph.name = "hotich-hand"
    del graph.output[:], graph.value_info[:], model.metadata_props[:]
    for name, size in (("logs", len(LETTERS) + 1), ("features", WIDTH)):
        graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, (1, None, size)))
    helper.set_model_props(model, {"letters": json.dumps(LETTERS, ensure_ascii=False)})
    # The trunk's nodes mean the same in both sets; ours need layer normalisation.
    model.opset_import[0].version = OPSET
    model.ir_version = 8
    _halve(model)
    onnx.checker.check_model(model, full_check=True)
    return model


def _halve(model: onnx.ModelProto) -> None:
    """Keeps the larger weights in sixteen bits; they are widened once, when the model is loaded."""
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type == onnx.TensorProto.FLOAT and np.prod(weight.dims) >= LEAST_HALVED:
            narrow = numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), f"{weight.name}_half")
            casts.append(helper.make_node("Cast", [narrow.name], [weight.name], to=onnx.TensorProto.FLOAT))
            weight.CopyFrom(narrow)
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
