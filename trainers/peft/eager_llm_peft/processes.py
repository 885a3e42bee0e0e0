"""The processes of a job: who does which passes, and how their gradients become one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.tensor import DTensor

T = TypeVar("T")


@dataclass(frozen=True)
class Processes:
    """One process is all there is, unless a launcher set RANK and WORLD_SIZE."""

    rank: int
    count: int
    device: torch.device

    @property
    def is_first(self) -> bool:
        return self.rank == 0

    def share(self, values: list[T]) -> list[T | None]:
        """The own part of some work, as long as everybody's: None where there is nothing left to do."""
        own: list[T | None] = list(values[self.rank :: self.count])
        return own + [None] * (-(-len(values) // self.count) - len(own))

    def sum_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Adds up gradients over all processes; those of shared-out weights have been added up on their way."""
        if self.count == 1:
            return
        for parameter in parameters:
            if isinstance(parameter, DTensor):
                continue
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            dist.all_reduce(parameter.grad)

    def total(self, value: float) -> float:
        """The sum of a number over all processes."""
        if self.count == 1:
            return value
        sum_of_all = torch.tensor(value, dtype=torch.float64, device=self._communicates_on)
        dist.all_reduce(sum_of_all)
        return float(sum_of_all)

    def agree(self, wish: bool) -> bool:
        """Whether any process asks for it."""
        return self.total(float(wish)) > 0

    def gathered(self, values: list[T]) -> list[T]:
        """The results of `share`d work, in the order of the work."""
        if self.count == 1:
            return values
        parts: list[list[T]] = [[] for _ in range(self.count)]
        dist.all_gather_object(parts, values)
        return [parts[at % self.count][at // self.count] for at in range(sum(map(len, parts)))]

    def wait(self) -> None:
        """Waits until all processes have arrived."""
        if self.count > 1:
            dist.barrier()

    @property
    def _communicates_on(self) -> torch.device:
        return self.device if dist.get_backend() == "nccl" else torch.device("cpu")


def join_processes(device_name: str) -> Processes:
    """Joins the others by the variables that torchrun and accelerate set."""
    rank, count = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    if device_name == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
    else:
        device = torch.device("cpu")
    if count > 1:
        dist.init_process_group("nccl" if device_name == "cuda" else "gloo")
    return Processes(rank, count, device)


def leave_processes() -> None:
    if dist.is_initialized():
        dist.destroy_process_group()
