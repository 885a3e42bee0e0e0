"""Logits in pieces: the losses and gradients of the whole, without its memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from eager_llm_peft.first_update import first_update
from eager_llm_peft.job import read_job
from eager_llm_peft.objectives import cross_entropy
from eager_llm_peft.objectives.cross_entropy import cross_entropies
from eager_llm_peft.trained_model import TrainedModel

from .tiny import ADAPTER, tiny_model, write_tiny_job

CLASSES = 11


def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two rows."""
    monkeypatch.setattr(cross_entropy, "WHOLE", 0)
    monkeypatch.setattr(cross_entropy, "PIECE", 2 * CLASSES)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
@pytest.mark.parametrize("tuning", [{}, {**ADAPTER, "lora_dropout": 0}], ids=["full", "lora"])
def test_pieces_have_the_loss_and_the_gradients_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tuning: dict[str, Any], precision: str
) -> None:
    stage = {**tuning, "dropout": 0, "loss_temperature": 0.7, "gradient_accumulation_steps": 2}
    job = read_job(write_tiny_job(tmp_path / "job", [stage], {"precision": precision}))
    expected, whole = first_update(job, 0, None)
    in_pieces(monkeypatch)
    found, loss = first_update(job, 0, None)
    assert loss == pytest.approx(whole, abs=1e-6)
    apart = 1e-5 if precision == "float32" else 0.02
    for name, value in expected.items():
        assert value.any() or name.endswith("lora_A.weight")
        assert (found[name] - value).norm() <= apart * value.norm()


def test_pieces_keep_no_logits_for_the_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    model, rows = TrainedModel(tiny_model(), {}, None), 40
    states, targets = torch.randn(rows, 16, requires_grad=True), torch.arange(rows) % CLASSES

    def kept() -> int:
        """Numbers as many as there are logits, of those that are kept."""
        sizes = []

        def keep(value: torch.Tensor) -> torch.Tensor:
            sizes.append(value.numel() if value.shape[-1:] == (CLASSES,) else 0)
            return value

        with torch.autograd.graph.saved_tensors_hooks(keep, lambda value: value):
            cross_entropies(model, states, targets, 1).sum()
        return sum(sizes)

    assert kept() >= rows * CLASSES
    in_pieces(monkeypatch)
    assert kept() == 0
