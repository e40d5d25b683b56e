"""The recogniser that ours starts from: PP-OCRv6 small (Apache-2.0), whose weights lie in the package `rapidocr`.

Its graph has two parts. The *trunk* is convolutions: a line 48 px high becomes 384 numbers for each of 3 rows and each
4 px of width. The *neck* averages the rows, looks along the line (two blocks of attention) and gives 120 numbers for
each 8 px, from which a last product chooses among 18,709 letters. That product is replaced by one for our alphabet.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import numpy_helper

from hotich.letters import nfc
from hotich.ocr.handwriting_lines import Grey, network_input
from training.alphabet import CLASSES, LETTERS

FILE: Final = "PP-OCRv6_rec_small.onnx"
LAST_WEIGHT, LAST_BIAS = "linear_8.w_0", "linear_8.b_0"
ROWS, CHANNELS, WIDTH = 3, 384, 120
UNKNOWN_PENALTY: Final = -1.0
"""A letter that the first network does not know starts as its base letter, a little less likely."""


class Base:
    """The first network: its graph, its weights by name, and its letters."""

    def __init__(self) -> None:
        found = find_spec("rapidocr")
        if found is None or found.origin is None:
            raise RuntimeError("The package rapidocr is not installed; see training/README.md.")
        self.path = Path(found.origin).parent / "models" / FILE

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @cached_property
    def model(self) -> onnx.ModelProto:
        return onnx.load(str(self.path))

    @cached_property
    def weights(self) -> dict[str, NDArray[Any]]:
        return {item.name: numpy_helper.to_array(item) for item in self.model.graph.initializer}

    @cached_property
    def pooled_name(self) -> str:
        """The full name of what the neck starts from."""
        return next(n.output[0] for n in self.model.graph.node if n.op_type == "AveragePool")

    @cached_property
    def trunk_name(self) -> str:
        """The full name of what the trunk gives."""
        return next(n.input[0] for n in self.model.graph.node if n.op_type == "AveragePool")

    @cached_property
    def letters(self) -> dict[str, int]:
        """The class of each letter that the first network knows."""
        told = {item.key: item.value for item in self.model.metadata_props}["character"].split("\n")
        count = self.weights[LAST_BIAS].shape[0]
        classes = ["", *told]
        classes += [" "] * (count - len(classes))
        return {letter: index for index, letter in reversed(list(enumerate(classes))) if letter}

    def first_head(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights (classes x WIDTH) and biases for our alphabet, taken over from the rows of the first network."""
        rows, offsets = self.weights[LAST_WEIGHT].T, self.weights[LAST_BIAS]
        weight, bias = np.zeros((CLASSES, WIDTH), np.float32), np.zeros(CLASSES, np.float32)
        weight[0], bias[0] = rows[0], offsets[0]
        for index, letter in enumerate(LETTERS, start=1):
            known, penalty = self._nearest(letter)
            weight[index], bias[index] = rows[known], offsets[known] + penalty
        return weight, bias

    def _nearest(self, letter: str) -> tuple[int, float]:
        parts = unicodedata.normalize("NFD", letter)
        for known in (letter, nfc(parts[:-1]), parts[0], "-"):
            if known in self.letters:
                return self.letters[known], 0.0 if known == letter else UNKNOWN_PENALTY
        raise RuntimeError("the first network knows no hyphen")


def part_until(base: Base, end: str, model: onnx.ModelProto | None = None) -> onnx.ModelProto:
    """The graph from the picture up to a tensor; of the first network, or of one with other trunk weights."""
    part = onnx.ModelProto.FromString((model or base.model).SerializeToString())
    nodes = needed_for(part, end)
    used = {name for node in nodes for name in node.input}
    weights = [item for item in part.graph.initializer if item.name in used]
    del part.graph.node[:], part.graph.initializer[:], part.graph.output[:]
    part.graph.node.extend(nodes)
    part.graph.initializer.extend(weights)
    part.graph.output.append(onnx.helper.make_tensor_value_info(end, onnx.TensorProto.FLOAT, None))
    return part


def needed_for(model: onnx.ModelProto, output: str) -> list[onnx.NodeProto]:
    """The nodes that the given output depends on, in order."""
    makers = {name: node for node in model.graph.node for name in node.output}
    wanted, seen = [output], set()
    while wanted:
        name = wanted.pop()
        if name in makers and name not in seen:
            seen.add(name)
            wanted.extend(makers[name].input)
    return [node for node in model.graph.node if node.output[0] in seen]


class Eye:
    """Runs the graph from the picture up to a tensor, on one thread."""

    def __init__(self, base: Base, end: str, model: onnx.ModelProto | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            part_until(base, end, model).SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def see(self, line: Grey) -> NDArray[np.float32]:
        """The tensor of a line, channels x rows x columns."""
        return np.asarray(self._session.run(None, {self._input: network_input(line)})[0][0], np.float32)


class Trunk:
    """Runs the trunk alone. `model` may be the shipped graph or one with trained trunk weights."""

    def __init__(self, base: Base, model: onnx.ModelProto | None = None) -> None:
        self._eye = Eye(base, base.trunk_name, model)

    def features(self, line: Grey) -> NDArray[np.float16]:
        """The trunk's view of a line, steps x ROWS x CHANNELS, one step for each 8 px of width."""
        seen = self._eye.see(line)
        steps = seen.shape[2] // 2
        paired = seen[:, :, : 2 * steps].reshape(CHANNELS, ROWS, steps, 2).mean(3)
        return np.ascontiguousarray(paired.transpose(2, 1, 0)).astype(np.float16)
