"""What torch.compile does in a training, by a backend that counts instead of making kernels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from eager_llm_peft import train_part
from eager_llm_peft.compiled_layers import compile_layers

from .test_train import losses, train
from .tiny import ADAPTER, CONFIG, write_tiny_job

#: More than torch compiles one function for, by default.
LAYERS = 10


class Counting:
    """A backend that runs graphs as they are."""

    def __init__(self) -> None:
        self.graphs = 0
        self.runs = Counter[str]()

    def __call__(self, graph: torch.fx.GraphModule, _example: Any) -> Callable[..., Any]:
        self.graphs += 1

        def run(*inputs: Any) -> Any:
            self.runs["training" if torch.is_grad_enabled() else "validation"] += 1
            return graph.forward(*inputs)

        return run


def test_all_layers_are_compiled_for_training_though_they_decode_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = {"config": {**CONFIG, "num_hidden_layers": LAYERS}}
    # An adapter is validated before its first update.
    stages = [{"epochs": 2}, {**ADAPTER, "epochs": 2}]
    train(write_tiny_job(tmp_path / "a", stages, model=model), tmp_path / "plain")
    counting = Counting()
    monkeypatch.setattr(train_part, "compile_layers", partial(compile_layers, backend=counting))
    train(write_tiny_job(tmp_path / "b", stages, {"torch_compile": True}, model), tmp_path / "compiled")
    updates = 2 * 2 * len(stages)
    assert counting.runs == {"training": LAYERS * updates}
    assert counting.graphs < LAYERS
    for part in ("01-part1", "02-part2"):
        expected = losses(tmp_path / "plain", part)
        assert losses(tmp_path / "compiled", part) == pytest.approx(expected, abs=1e-4)


class Layer(nn.Module):
    """Each with a number of its own, so that torch compiles each by itself."""

    def __init__(self, number: int):
        super().__init__()
        self.number = number

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return values * self.number


def test_what_was_compiled_before_uses_up_nothing() -> None:
    used_up, counting = Counting(), Counting()
    for backend in (used_up, counting):
        layers = [Layer(number) for number in range(2 * LAYERS)]
        compile_layers(layers, backend)
        for layer in layers:
            layer(torch.ones(2))
    # torch ends compiling behind its limit, and begins anew.
    assert 0 < used_up.graphs < 2 * LAYERS
    assert counting.graphs == used_up.graphs
