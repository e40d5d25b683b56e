"""The last convolutions of the trunk as a torch module, so that they can be tuned too.

They make up about a third of the work of the trunk. What lies before them stays as it is and is run by onnxruntime.
"""

from __future__ import annotations

from typing import Any, Final

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from training.base import Base, needed_for

START: Final = "p2o.pd_op.add.51.0"
"""What the stage begins with: 192 channels, 6 rows, one column for each 4 px."""


class Stage(nn.Module):
    """Runs the nodes between START and the end of the trunk one after another."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        before = {node.output[0] for node in needed_for(base.model, START)}
        self._nodes = [n for n in needed_for(base.model, base.trunk_name) if n.output[0] not in before]
        self._end = base.trunk_name
        used = {name for node in self._nodes for name in node.input}
        self.names: dict[str, str] = {}
        """The name in the graph of each weight here."""
        self._numbers: dict[str, Tensor] = {}
        for name, value in base.weights.items():
            if name in used and value.size > 1 and value.dtype.kind == "f":
                self.names[name.replace(".", "_")] = name
                self.register_parameter(name.replace(".", "_"), nn.Parameter(torch.tensor(value)))
            elif name in used:
                self._numbers[name] = torch.tensor(value)

    def forward(self, seen: Tensor) -> Tensor:
        """Batch x 384 x 3 x columns from batch x 192 x 6 x columns."""
        values = {START: seen, **self._numbers, **{name: getattr(self, own) for own, name in self.names.items()}}
        for node in self._nodes:
            given = [values[name] for name in node.input]
            values[node.output[0]] = _run(node, given)
        return values[self._end]

    def graph_with(self, base: Base) -> onnx.ModelProto:
        """The first network's graph with the weights of this stage."""
        model = onnx.ModelProto.FromString(base.model.SerializeToString())
        mine = {name: getattr(self, own).detach().numpy() for own, name in self.names.items()}
        for item in model.graph.initializer:
            if item.name in mine:
                item.CopyFrom(numpy_helper.from_array(mine[item.name], item.name))
        return model


def _run(node: onnx.NodeProto, given: list[Tensor]) -> Tensor:
    told: dict[str, Any] = {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}
    match node.op_type:
        case "Conv":
            bias = given[2] if len(given) > 2 else None
            pads = tuple(told["pads"][:2])
            return functional.conv2d(given[0], given[1], bias, tuple(told["strides"]), pads, groups=told["group"])
        case "Add":
            return given[0] + given[1]
        case "Mul":
            return given[0] * given[1]
        case "Div":
            return given[0] / given[1]
        case "Erf":
            return torch.erf(given[0])
        case "Relu":
            return functional.relu(given[0])
        case "HardSigmoid":
            return torch.clamp(given[0] * told["alpha"] + told["beta"], 0, 1)
        case "ReduceMean":
            return given[0].mean(tuple(told["axes"]), keepdim=bool(told.get("keepdims", 1)))
        case "Identity":
            return given[0]
    raise NotImplementedError(node.op_type)
