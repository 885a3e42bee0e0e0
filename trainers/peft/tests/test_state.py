"""What is saved of a training, and how it goes on from there."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from eager_llm_peft.processes import Processes
from eager_llm_peft.state import Progress, load_state, save_state


@pytest.mark.parametrize("fused", [False, True], ids=["plain", "fused"])
def test_an_optimiser_goes_on_from_its_saved_state_as_without_a_break(tmp_path: Path, fused: bool) -> None:
    def begin() -> tuple[dict[str, nn.Parameter], torch.optim.AdamW]:
        parameters = {"weight": nn.Parameter(torch.tensor([1.0, -2.0, 3.0]))}
        return parameters, torch.optim.AdamW(parameters.values(), lr=0.1, fused=fused)

    def step(parameters: dict[str, nn.Parameter], optimiser: torch.optim.AdamW, gradient: float) -> None:
        parameters["weight"].grad = torch.tensor([gradient, 0.5, -gradient])
        optimiser.step()

    without, optimiser = begin()
    for gradient in (1.0, 2.0, 3.0):
        step(without, optimiser, gradient)

    parameters, optimiser = begin()
    for gradient in (1.0, 2.0):
        step(parameters, optimiser, gradient)
    save_state(tmp_path, parameters, optimiser, Progress(step=2), Processes(0, 1, torch.device("cpu")))
    parameters, optimiser = begin()
    progress = load_state(tmp_path, parameters, optimiser)
    assert progress is not None and progress.step == 2
    step(parameters, optimiser, 3.0)
    assert torch.equal(parameters["weight"], without["weight"])
