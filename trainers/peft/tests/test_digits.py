"""Digits among those that can come, and contrast."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from eager_llm_peft.catalogue import Catalogue
from eager_llm_peft.objectives.contrast import Contrast, contrast_loss
from eager_llm_peft.objectives.legal_digits import digit_places, taught_digits
from eager_llm_peft.objectives.next_token import learned_tokens
from eager_llm_peft.objectives.soft_targets import Teaching, soft_targets
from eager_llm_peft.random_stream import RandomStream
from eager_llm_peft.rows import rows_of

from .tiny import CODES, ROWS, catalogue_tensors, row_table

CPU = torch.device("cpu")


def events_catalogue() -> Catalogue:
    """Row r is event r; event 1 has no forecast."""
    items = [CODES.index([row[-2] - 6, row[-1] - 8]) for row in ROWS]
    begins = [0, -1, 4, 8, 12, 16]
    return Catalogue(
        catalogue_tensors()
        | {"event_items": torch.tensor(items, dtype=torch.int32), "forecast_begins": torch.tensor(begins)},
        CPU,
    )


def test_the_paths_of_the_trie_lead_to_every_item() -> None:
    catalogue = events_catalogue()
    assert catalogue.paths.tolist() == [[0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 2, 3]]
    assert [catalogue.items_on(leaf) for leaf in range(4)] == [[0], [1], [2], [3]]


def test_a_digits_target_is_forecast_true_digit_and_smoothing() -> None:
    # Two digits can come at each level; the forecast of event 0 gives them 3 : 1, then 1 : 3.
    forecasts = torch.tensor([0.75, 0.25, 0.25, 0.75] * 5, dtype=torch.float16)
    teaching = Teaching(events_catalogue(), forecasts, distillation=0.8, label_smoothing=0.1)
    rows = rows_of(row_table(ROWS[:2], events=True))
    starts = np.array([0, 4])
    plain, _, _ = learned_tokens(rows, starts, lambda row: digit_places(row, 2).flatten(), CPU)
    taught = taught_digits(rows, starts, teaching, CPU)
    assert plain.tolist() == [0]
    assert [level.states.tolist() for level in taught] == [[1, 4], [2, 5]]
    shares, allowed = soft_targets(taught[1], teaching)
    assert allowed.tolist() == [[True, False, True], [True, False, True]]
    # Row 0 is item [0, 0]; row 1 is item [0, 2], and nobody forecast it.
    expected = [[0.9 * (0.8 * 0.25 + 0.2) + 0.05, 0, 0.9 * 0.8 * 0.75 + 0.05], [0.05, 0, 0.95]]
    assert shares.flatten().tolist() == pytest.approx(np.array(expected).flatten().tolist(), abs=1e-6)


def test_contrast_is_infonce_without_the_target_among_the_drawn() -> None:
    contrast = Contrast({"semantic": torch.eye(4)}, 0.1, 0.5, 3)
    states, projectors = torch.tensor([[1.0, 2.0, 0.0, 0.0]]), {"semantic": torch.eye(4)}
    loss = contrast_loss(states, torch.tensor([1]), torch.tensor([0, 1, 3]), projectors, contrast)
    a, b = 1 / math.sqrt(5), 2 / math.sqrt(5)
    expected = -math.log(math.exp(b / 0.5) / (math.exp(b / 0.5) + math.exp(a / 0.5) + math.exp(0)))
    assert float(loss) == pytest.approx(expected, rel=1e-6)


def test_random_streams_are_those_of_the_orchestrator() -> None:
    # createRandom(7, 'contrast', 3, 1).integer(1000), five times.
    assert RandomStream(7, "contrast", 3, 1).integers(1000, 5) == [836, 489, 814, 443, 578]
    # createRandom(7, 'Łódź 🧴', 3).integer(1000), five times: letters beyond one byte, and beyond one unit.
    assert RandomStream(7, "Łódź 🧴", 3).integers(1000, 5) == [776, 564, 128, 795, 760]
