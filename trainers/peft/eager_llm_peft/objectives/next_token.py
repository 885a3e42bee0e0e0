"""Cross entropy of each learned token over the whole vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

import torch
from torch.nn import functional

from ..random_stream import RandomStream
from ..rows import Ints, Row
from ..trained_model import TrainedModel
from .objective import Pass, learned_places, loss_weight

#: Which tokens of a row another objective learns.
Elsewhere = Callable[[Row], Container[int]]


def nowhere(_row: Row) -> Container[int]:
    return ()


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
        if len(places) == 0:
            return []
        logits = model.logits(own.states[places]) / self.temperature
        losses = functional.cross_entropy(logits, targets, reduction="none")
        return [(losses * (weights / total)).sum()]

    def held_out(self) -> NextToken:
        return NextToken(self.elsewhere)


def learned_tokens(
    rows: list[Row], starts: Ints, elsewhere: Elsewhere, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """[learned] places of the states behind which they come, targets and weights."""
    learned: list[tuple[int, int, float]] = []
    for row, start in zip(rows, starts, strict=True):
        others = elsewhere(row)
        for at in learned_places(row).tolist():
            if at not in others:
                learned.append((int(start) + at - 1, int(row.tokens[at]), float(row.weights[at])))
    places, targets, weights = zip(*learned, strict=True) if learned else ((), (), ())
    return (
        torch.tensor(places, dtype=torch.long, device=device),
        torch.tensor(targets, dtype=torch.long, device=device),
        torch.tensor(weights, dtype=torch.float32, device=device),
    )
