"""Digits of items in histories, learned over the legal digits only, as decoding chooses them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from ..catalogue import Catalogue
from ..random_stream import RandomStream
from ..rows import Ints, Row
from ..trained_model import TrainedModel
from .objective import HIDDEN_SCORE, Pass, learned_places, loss_weight
from .soft_targets import TaughtDigits, Teaching, soft_targets


@dataclass(frozen=True)
class LegalDigits:
    teaching: Teaching
    name: str = "legal-digits"
    reads_whole: bool = False

    def count(self, rows: list[Row]) -> float:
        """Beside the other tokens, each of them as one of an update's."""
        return loss_weight(rows)

    def losses(self, model: TrainedModel, own: Pass, total: float, random: RandomStream) -> list[torch.Tensor]:
        del random
        return [
            self._level_loss(model, own.states, taught) / total
            for taught in taught_digits(own.rows, own.starts, self.teaching, own.states.device)
        ]

    def held_out(self) -> LegalDigits:
        """Uses only the true digit."""
        return LegalDigits(self.teaching.plain())

    def _level_loss(self, model: TrainedModel, states: torch.Tensor, taught: TaughtDigits) -> torch.Tensor:
        shares, allowed = soft_targets(taught, self.teaching)
        rows = model.head_rows(self.teaching.catalogue.code_tokens[taught.level])
        logits = functional.linear(states[taught.states], rows.to(states.dtype)).float()
        logarithms = functional.log_softmax(logits.masked_fill(~allowed, HIDDEN_SCORE), 1)
        return (-(shares * logarithms).sum(1) * taught.weights).sum()


def taught_digits(rows: list[Row], starts: Ints, teaching: Teaching, device: torch.device) -> list[TaughtDigits]:
    """The learned digits of some rows, level by level.

    A digit that follows from those before it is not learned at all: decoding never asks for it.
    """
    catalogue = teaching.catalogue
    taught: list[list[tuple[int, float, int]]] = [[] for _ in range(catalogue.levels)]
    for row, start in zip(rows, starts, strict=True):
        digits = digit_places(row, catalogue.levels)
        for at in learned_places(row).tolist():
            if at in digits:
                level, event = digits[at]
                taught[level].append((int(start) + at - 1, float(row.weights[at]), event))
    return [
        chosen for level, own in enumerate(taught) if own and (chosen := _with_choice(level, own, catalogue, device))
    ]


def digit_places(row: Row, levels: int) -> dict[int, tuple[int, int]]:
    """Position -> level and event, for the codes of events."""
    return {
        position - (levels - 1) + level: (level, event)
        for position, event in zip(row.positions.tolist(), row.events.tolist(), strict=True)
        if event >= 0
        for level in range(levels)
    }


def _with_choice(
    level: int, taught: list[tuple[int, float, int]], catalogue: Catalogue, device: torch.device
) -> TaughtDigits | None:
    assert catalogue.event_items is not None
    states, weights, events = (torch.tensor(column, device=device) for column in zip(*taught, strict=True))
    _, counts = catalogue.children(level, catalogue.paths[level, catalogue.event_items[events]])
    chosen = counts > 1
    if not bool(chosen.any()):
        return None
    return TaughtDigits(level, states[chosen], weights[chosen].float(), events[chosen])
