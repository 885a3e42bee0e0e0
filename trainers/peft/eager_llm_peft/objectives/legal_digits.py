"""Digits of items in histories, learned over the legal digits only, as decoding chooses them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from ..catalogue import Catalogue
from ..random_stream import RandomStream
from ..rows import Floats, Ints, Row
from ..trained_model import TrainedModel
from .objective import HIDDEN_SCORE, Pass, loss_weight
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
    found = []
    for row, start in zip(rows, starts, strict=True):
        places = digit_places(row, catalogue.levels)
        # Before the first token of a row there is nothing to learn it from.
        found.append((start + places - 1, row.weights[places] * (places > 0), row.events[row.events >= 0]))
    states, weights, events = (np.concatenate(column) for column in zip(*found, strict=True))
    return [
        taught
        for level in range(catalogue.levels)
        if len((taught := _with_choice(level, states[:, level], weights[:, level], events, catalogue, device)).events)
    ]


def digit_places(row: Row, levels: int) -> Ints:
    """[codes, levels] positions of the digits of events' codes in a row."""
    ends: Ints = row.positions[row.events >= 0]
    places: Ints = np.maximum(ends[:, None] - np.arange(levels - 1, -1, -1), 0)
    return places


def _with_choice(
    level: int, states: Ints, weights: Floats, events: Ints, catalogue: Catalogue, device: torch.device
) -> TaughtDigits:
    chosen = np.flatnonzero((weights != 0) & catalogue.has_choice(level, events))
    own = (states[chosen], weights[chosen], events[chosen])
    return TaughtDigits(level, *(torch.from_numpy(column).to(device) for column in own))
