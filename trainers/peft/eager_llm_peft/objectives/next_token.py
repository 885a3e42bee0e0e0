"""Cross entropy of each learned token over the whole vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from ..random_stream import RandomStream
from ..rows import Ints, Row
from ..trained_model import TrainedModel
from .cross_entropy import cross_entropies
from .objective import Pass, loss_weight

#: Which tokens of a row another objective learns.
Elsewhere = Callable[[Row], Ints]


def nowhere(_row: Row) -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class NextToken:
    elsewhere: Elsewhere = nowhere
    #: Divides the logits, in training alone.
    temperature: float = 1
    name: str = "next-token"
    reads_whole: bool = False

    def count(self, rows: list[Row]) -> float:
        return loss_weight(rows)

    def losses(self, model: TrainedModel, own: Pass, total: float, random: RandomStream) -> list[torch.Tensor]:
        del random
        places, targets, weights = learned_tokens(own.rows, own.starts, self.elsewhere, own.states.device)
        # The head computes even where there is nothing to learn: where weights are shared out, every process needs it.
        losses = cross_entropies(model, own.states[places], targets, self.temperature)
        return [(losses * (weights / total)).sum()]

    def held_out(self) -> NextToken:
        return NextToken(self.elsewhere)


def learned_tokens(
    rows: list[Row], starts: Ints, elsewhere: Elsewhere, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """[learned] places of the states behind which they come, targets and weights."""
    found = []
    for row, start in zip(rows, starts, strict=True):
        learned = row.weights != 0
        # Before the first token of a row there is nothing to learn it from.
        learned[0] = False
        learned[elsewhere(row)] = False
        places = np.flatnonzero(learned)
        found.append((start + places - 1, row.tokens[places], row.weights[places]))
    columns = [torch.from_numpy(np.concatenate(column)).to(device) for column in zip(*found, strict=True)]
    return columns[0], columns[1], columns[2]
