"""The metrics that a validation shows, as in the engine of Node (`orchestrator/evaluation/metrics.ts`)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

#: Places of a list that count in a validation.
CUTOFF = 10


@dataclass(frozen=True)
class Metric:
    name: str
    title: str
    #: What so many targets at a rank, from 1, add.
    worth: Callable[[int, int], float]

    @property
    def figure(self) -> str:
        return f"{self.name}@{CUTOFF}"


#: What methods are compared by.
LEADING = Metric("recall", "recall", lambda _rank, count: count)

#: What chooses the best epoch.
SELECTION = Metric("ndcg", "NDCG", lambda rank, count: count / math.log2(rank + 1))
