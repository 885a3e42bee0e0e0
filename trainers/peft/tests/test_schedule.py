"""The rates of orchestrator/engine/optimisers/schedule.ts, for the same updates."""

from __future__ import annotations

from typing import Any

import pytest

from eager_llm_peft.job import Shard, Stage
from eager_llm_peft.optimiser import learning_rate_at

from .tiny import STAGE


@pytest.mark.parametrize(
    ("schedule", "warmup_ratio", "rates"),
    [
        ("inverse-sqrt", 0.04, {0: 0.25, 3: 1, 15: 0.5, 99: 0.2}),
        ("inverse-sqrt", 0, {0: 1, 24: 0.2}),
        ("linear", 0.04, {0: 0.25, 3: 1, 52: 0.5}),
        ("constant", 0.04, {99: 1}),
    ],
)
def test_rates_warm_up_and_then_fall(schedule: str, warmup_ratio: float, rates: dict[int, float]) -> None:
    change: dict[str, Any] = {"learning_rate": 1.0, "lr_scheduler": schedule, "warmup_ratio": warmup_ratio}
    stage = Stage(**(STAGE | change | {"epochs": 1, "micro_batches": 100, "shards": [[Shard("-", 100)]]}))
    for step, rate in rates.items():
        assert learning_rate_at(step, stage) == pytest.approx(rate)
