"""The beam search against brute force over the catalogue."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional
from transformers import PreTrainedModel

from eager_llm_peft.catalogue import Catalogue
from eager_llm_peft.processes import Processes
from eager_llm_peft.recommend import recommend
from eager_llm_peft.trained_model import TrainedModel
from eager_llm_peft.validate import rank_of

from .tiny import CODE_TOKENS, CODES, DEVICE, KIN, catalogue_tensors, tiny_model

CPU = torch.device("cpu")
PROMPTS = [[1, 2], [3], [1, 4, 5, 2, 2], [5, 5]]


def brute_force(prompt: list[int], **change: Any) -> list[tuple[list[int], float]]:
    """log p of every code: its digits, each among those that can follow the digits before it."""
    model = tiny_model(**change)
    found = []
    for item, code in enumerate(CODES):
        score, tokens = 0.0, list(prompt)
        for level, digit in enumerate(code):
            logits = model(input_ids=torch.tensor([tokens])).logits[0, -1].double()
            allowed = sorted({other[level] for other in CODES if other[:level] == code[:level]})
            own = functional.log_softmax(logits[[CODE_TOKENS[level][each] for each in allowed]], 0)
            score += float(own[allowed.index(digit)])
            tokens.append(CODE_TOKENS[level][digit])
        found.append(([item], score))
    return sorted(found, key=lambda each: -each[1])


def find_every_code(model: PreTrainedModel, max_tokens: int, **change: Any) -> None:
    lists = recommend(
        TrainedModel(model.to(DEVICE), {}, None),
        Catalogue(catalogue_tensors(), DEVICE),
        [torch.tensor(prompt).numpy() for prompt in PROMPTS],
        num_beams=9,
        max_tokens=max_tokens,
        processes=Processes(0, 1, DEVICE),
    )
    for prompt, own in zip(PROMPTS, lists, strict=True):
        expected = brute_force(prompt, **change)
        assert [items for items, _ in own] == [items for items, _ in expected]
        assert [score for _, score in own] == pytest.approx([score for _, score in expected], abs=1e-4)


@pytest.mark.parametrize("max_tokens", [5, 64])
@pytest.mark.parametrize("kin", ["llama", *KIN])
def test_wide_beams_find_every_code_in_the_order_of_its_probability(kin: str, max_tokens: int) -> None:
    change = KIN.get(kin, {})
    find_every_code(tiny_model(**change), max_tokens, **change)


def test_beams_grow_by_a_mask_though_rows_are_read_by_flash_attention() -> None:
    model = tiny_model()
    # Used in float32, or without its package, it would fail.
    model.config._attn_implementation = "flash_attention_2"
    find_every_code(model, 64)
    assert model.config._attn_implementation == "flash_attention_2"


@pytest.mark.parametrize("num_beams", [2, 9])
def test_items_that_are_left_out_are_so_in_the_search(num_beams: int) -> None:
    everything = list(range(len(CODES)))
    excluded: list[list[int]] = [[0, 1], [], everything[:-1], everything]
    lists = recommend(
        TrainedModel(tiny_model(), {}, None),
        Catalogue(catalogue_tensors(), CPU),
        [torch.tensor(prompt).numpy() for prompt in PROMPTS],
        num_beams=num_beams,
        max_tokens=64,
        processes=Processes(0, 1, CPU),
        excluded=[np.array(own, dtype=np.int64) for own in excluded],
    )
    for prompt, own, out in zip(PROMPTS, lists, excluded, strict=True):
        expected = [each for each in brute_force(prompt) if each[0][0] not in out]
        assert len(own) == min(num_beams, len(expected))
        if num_beams >= len(CODES):
            assert [items for items, _ in own] == [items for items, _ in expected]
            assert [score for _, score in own] == pytest.approx([score for _, score in expected], abs=1e-4)
        assert not {items[0] for items, _ in own} & set(out)


def test_a_code_that_an_excluded_item_shares_brings_the_others_alone() -> None:
    shared = {
        **catalogue_tensors(),
        "codes": torch.tensor([CODES[0], *CODES], dtype=torch.int32),
        "items": torch.arange(5, dtype=torch.int32),
        "starts/2": torch.tensor([0, 2, 3, 4, 5], dtype=torch.int32),
    }
    lists = recommend(
        TrainedModel(tiny_model(), {}, None),
        Catalogue(shared, CPU),
        [torch.tensor([1, 2]).numpy()] * 2,
        num_beams=4,
        max_tokens=64,
        processes=Processes(0, 1, CPU),
        excluded=[np.array([0], dtype=np.int64), np.array([], dtype=np.int64)],
    )
    assert sorted(items for items, _ in lists[0]) == [[1], [2], [3], [4]]
    assert sorted(items for items, _ in lists[1]) == [[0, 1], [2], [3], [4]]


def test_ties_go_to_the_smaller_digits() -> None:
    model = tiny_model()
    with torch.no_grad():
        model.lm_head.weight.zero_()
    lists = recommend(
        TrainedModel(model, {}, None),
        Catalogue(catalogue_tensors(), CPU),
        [torch.tensor([1, 2]).numpy()],
        num_beams=3,
        max_tokens=64,
        processes=Processes(0, 1, CPU),
    )
    assert [items for items, _ in lists[0]] == [[0], [1], [2]]


def test_the_rank_of_a_target_counts_every_item_of_a_shared_code() -> None:
    beams = [([3], -1.0), ([0, 2], -2.0), ([1], -3.0)]
    assert [rank_of(item, beams) for item in (3, 0, 2, 1, 9)] == [1, 2, 3, 4, 0]
