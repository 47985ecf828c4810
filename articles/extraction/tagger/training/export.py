"""Write a trained network as the model that prediction reads.

The graph is laid out by hand in the fused operators of onnxruntime (attention, skip + normalisation, bias + GELU),
which run faster on a processor than what an exporter writes. The table of pieces is kept in 8 bits, a scale for each
piece; the other weights are kept in half precision and computed in single (`half`), or computed in 8 bits (`int8`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from articles.extraction.tagger.features import FEATURES
from articles.extraction.tagger.labels import HEADS, LINK_WIDTH
from articles.extraction.tagger.predict import Transitions
from articles.extraction.tagger.training.network import EPSILON, Size

_FUSED = "com.microsoft"
PRECISIONS = ("half", "int8")
_LAST = "products"


class _Graph:
    """Nodes and weights, in the order they are added; each method returns the name of what it makes."""

    def __init__(self, state: Mapping[str, Tensor], *, in_half: bool) -> None:
        self.state, self.in_half = state, in_half
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, name: str, array: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def read(self, name: str) -> NDArray[np.float32]:
        return np.asarray(self.state[name].numpy(), dtype=np.float32)

    def vector(self, name: str) -> str:
        return self.constant(name, self.read(name))

    def matrix(self, name: str) -> str:
        """A weight as right factor: inputs × outputs."""
        turned = self.read(name).T
        if not self.in_half:
            return self.constant(name, turned)
        self.constant(f"{name}.half", turned.astype(np.float16))
        # Computed once, when the model is loaded.
        return self.node("Cast", f"{name}.half", to=TensorProto.FLOAT)

    def embedding(self, indices: str) -> str:
        table = self.read("pieces.weight")
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
        rounded = np.round(table / scale).astype(np.int8)
        rows = self.node("Gather", self.constant("pieces.rounded", rounded), indices, axis=0)
        scales = self.node("Gather", self.constant("pieces.scale", scale.astype(np.float32)), indices, axis=0)
        return self.node("Mul", self.node("Cast", rows, to=TensorProto.FLOAT), scales)


def write_model(
    folder: Path,
    state: Mapping[str, Tensor],
    size: Size,
    transitions: Transitions,
    *,
    version: str,
    precision: str,
) -> None:
    """Write `encoder.onnx` and `tagger.json` into a folder, which is made.

    Args:
        folder: where to.
        state: the trained network's.
        size: the network's.
        transitions: of each head.
        version: what records will name as the origin of what this model found.
        precision: one of `PRECISIONS`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = _build(state, size, in_half=precision == "half")
    if precision == "half":
        onnx.save(model, str(folder / "encoder.onnx"))
    else:
        with TemporaryDirectory() as beside:
            whole = Path(beside) / "encoder.onnx"
            onnx.save(model, str(whole))
            quantize_dynamic(
                whole,
                folder / "encoder.onnx",
                op_types_to_quantize=["MatMul", "Attention"],
                # The last layer costs next to nothing in single precision.
                nodes_to_exclude=[_LAST],
                per_channel=True,
                # Seven bits: without VNNI the sums of eight-bit products saturate.
                reduce_range=True,
                weight_type=QuantType.QInt8,
                # Shapes stop at the fused operators, whose outputs are all in single precision.
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
    about = {
        "version": version,
        "heads": {head.name: list(head.labels) for head in HEADS},
        "links": LINK_WIDTH,
        "transitions": {name: np.round(table, 4).tolist() for name, table in transitions.items()},
    }
    (folder / "tagger.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _build(state: Mapping[str, Tensor], size: Size, *, in_half: bool) -> onnx.ModelProto:
    graph = _Graph(state, in_half=in_half)
    hidden = graph.embedding("pieces")
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    length = graph.node("Slice", graph.node("Shape", "pieces"), one, graph.constant("two", np.array([2])))
    positions = graph.node("Slice", graph.vector("positions.weight"), zero, length, zero)
    hidden = graph.node("Add", hidden, positions)
    for number in range(len(FEATURES)):
        index = graph.constant(f"feature.{number}", np.array(number))
        column = graph.node("Gather", "features", index, axis=2)
        hidden = graph.node(
            "Add", hidden, graph.node("Gather", graph.vector(f"features.{number}.weight"), column, axis=0)
        )
    hidden = graph.node(
        "LayerNormalization", hidden, graph.vector("norm.weight"), graph.vector("norm.bias"), axis=-1, epsilon=EPSILON
    )
    is_real = graph.node("Not", graph.node("Equal", "pieces", graph.constant("padding", np.array(0))))
    mask = graph.node("Cast", is_real, to=TensorProto.INT32)
    for number in range(size.layers):
        hidden = _layer(graph, f"layers.{number}", hidden, mask, size)
    weights = graph.matrix("columns.weight")
    graph.nodes.append(helper.make_node("MatMul", [hidden, weights], [_LAST], name=_LAST))
    graph.nodes.append(helper.make_node("Add", [_LAST, graph.vector("columns.bias")], ["scores"], name="scores"))
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT64, ["windows", "length"]),
        helper.make_tensor_value_info("features", TensorProto.INT64, ["windows", "length", len(FEATURES)]),
    ]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["windows", "length", "columns"])]
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(
        helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.weights), opset_imports=opsets, ir_version=9
    )


def _layer(graph: _Graph, name: str, hidden: str, mask: str, size: Size) -> str:
    def normed(given: str, skip: str, norm: str, bias: str) -> str:
        inputs = (given, skip, graph.vector(f"{norm}.weight"), graph.vector(f"{norm}.bias"), graph.vector(bias))
        return graph.node("SkipLayerNormalization", *inputs, domain=_FUSED, epsilon=EPSILON)

    weights, bias = graph.matrix(f"{name}.attention_in.weight"), graph.vector(f"{name}.attention_in.bias")
    attended = graph.node("Attention", hidden, weights, bias, mask, domain=_FUSED, num_heads=size.heads)
    attended = graph.node("MatMul", attended, graph.matrix(f"{name}.attention_out.weight"))
    hidden = normed(attended, hidden, f"{name}.attention_norm", f"{name}.attention_out.bias")
    widened = graph.node("MatMul", hidden, graph.matrix(f"{name}.inner.weight"))
    widened = graph.node("BiasGelu", widened, graph.vector(f"{name}.inner.bias"), domain=_FUSED)
    narrowed = graph.node("MatMul", widened, graph.matrix(f"{name}.outer.weight"))
    return normed(narrowed, hidden, f"{name}.outer_norm", f"{name}.outer.bias")
