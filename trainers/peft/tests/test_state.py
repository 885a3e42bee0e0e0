"""What is saved of a training, and how it goes on from there."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from eager_llm_peft.job import read_job
from eager_llm_peft.own_updater import OwnUpdater
from eager_llm_peft.processes import Processes
from eager_llm_peft.state import Progress, load_state, save_state
from eager_llm_peft.trained_model import TrainedModel

from .tiny import tiny_model, write_tiny_job

ONE = Processes(0, 1, torch.device("cpu"))


@pytest.mark.parametrize("fused", [False, True], ids=["plain", "fused"])
def test_an_optimiser_goes_on_from_its_saved_state_as_without_a_break(tmp_path: Path, fused: bool) -> None:
    stage = read_job(write_tiny_job(tmp_path / "job")).stages[0]

    def begin() -> OwnUpdater:
        updater = OwnUpdater(TrainedModel(tiny_model(), {}, None), stage, ONE)
        updater.optimiser = torch.optim.AdamW(updater.parameters.values(), lr=0.1, fused=fused)
        return updater

    def step(updater: OwnUpdater, gradient: float) -> None:
        for value in updater.parameters.values():
            value.grad = torch.full_like(value, gradient)
        updater.update(0.1)

    without = begin()
    for gradient in (1.0, 2.0, -3.0):
        step(without, gradient)

    interrupted = begin()
    for gradient in (1.0, 2.0):
        step(interrupted, gradient)
    save_state(tmp_path, interrupted, Progress(step=2), ONE)
    resumed = begin()
    progress = load_state(tmp_path, resumed)
    assert progress is not None and progress.step == 2
    step(resumed, -3.0)
    assert all(torch.equal(value, without.parameters[name]) for name, value in resumed.parameters.items())
