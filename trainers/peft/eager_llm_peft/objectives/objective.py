"""A part of the loss, ready to be trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch

from ..random_stream import RandomStream
from ..rows import Ints, Row
from ..trained_model import TrainedModel

#: The score of what may not be chosen: its share underflows to zero.
HIDDEN_SCORE = -1e9


@dataclass(frozen=True)
class Pass:
    """Some rows and the states that were computed over them."""

    rows: list[Row]
    #: [states of the pass, hidden]
    states: torch.Tensor
    #: [rows] the state behind token t of a row stands at `starts[row] + t`; what predicts the token, one before.
    starts: Ints


class Objective(Protocol):
    @property
    def name(self) -> str:
        """Also names the stream of its random draws."""

    @property
    def reads_whole(self) -> bool:
        """Whether it needs the state after the last token of a row."""

    def count(self, rows: list[Row]) -> float:
        """How much some rows count for it: the sum over an update is the `total` of its losses."""

    def losses(self, model: TrainedModel, own: Pass, total: float, random: RandomStream) -> list[torch.Tensor]:
        """What the pass adds to the loss, each a scalar, divided by `total`."""

    def held_out(self) -> Objective | None:
        """The part of it that is measured on held-out rows."""


def loss_weight(rows: list[Row]) -> float:
    """The sum of loss weights."""
    return sum(row.loss_weight for row in rows)
