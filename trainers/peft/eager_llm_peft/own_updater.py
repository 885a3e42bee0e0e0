"""Our own AdamW, on whole parameters or on those that FSDP has shared out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.distributed.tensor import DTensor, distribute_tensor

from .build_model import trainables
from .files import Tensors
from .job import Stage
from .optimiser import MOMENTS, counted, make_adamw, update
from .processes import Processes
from .sharding import share_out
from .trained_model import TrainedModel


class OwnUpdater:
    def __init__(self, model: TrainedModel, stage: Stage, processes: Processes, *, sharded: bool = False):
        if sharded:
            share_out(model)
        self._model, self._stage, self._processes = model, stage, processes
        self.parameters = trainables(model)
        self.optimiser = make_adamw(self.parameters, stage)
        # Gradients of shared-out weights come as a mean over all processes.
        self._scale = float(processes.count) if sharded else 1.0

    @property
    def shapes(self) -> dict[str, torch.Size]:
        return {name: value.shape for name, value in self.parameters.items()}

    def compute(self, function: Callable[..., torch.Tensor], *arguments: Any) -> torch.Tensor:
        loss: torch.Tensor = self._model(function, *arguments)
        return loss

    def add_gradients(self, loss: torch.Tensor, *, counts: bool) -> None:
        torch.autograd.backward(loss * (self._scale if counts else 0.0))

    def update(self, learning_rate: float) -> float:
        self._processes.sum_gradients(self.parameters.values())
        return update(self.optimiser, learning_rate, self._stage.max_grad_norm)

    def values(self) -> Tensors:
        return {name: _whole(value) for name, value in self.parameters.items()}

    @torch.no_grad()
    def put_values(self, values: Tensors) -> None:
        for name, parameter in self.parameters.items():
            parameter.copy_(_like(values[name], parameter))

    def moments(self) -> tuple[int, Tensors]:
        updates = 0
        moments: Tensors = {}
        for name, value in self.parameters.items():
            own = self.optimiser.state.get(value, {})
            if own:
                updates = int(own["step"])
                moments |= {f"{moment}/{name}": _whole(own[moment]) for moment in MOMENTS}
        return updates, moments

    def put_moments(self, updates: int, moments: Tensors) -> None:
        for name, value in self.parameters.items():
            if f"{MOMENTS[0]}/{name}" in moments:
                own = {moment: _like(moments[f"{moment}/{name}"], value) for moment in MOMENTS}
                self.optimiser.state[value] = {"step": counted(self.optimiser, updates, value.device), **own}

    def close(self) -> None:
        pass


def _whole(value: torch.Tensor) -> torch.Tensor:
    whole = value.full_tensor() if isinstance(value, DTensor) else value
    return whole.detach().to("cpu", copy=True)


def _like(value: torch.Tensor, parameter: nn.Parameter) -> torch.Tensor:
    value = value.to(parameter.device, parameter.dtype)
    if isinstance(parameter, DTensor):
        return distribute_tensor(value, parameter.device_mesh, parameter.placements)
    return value
