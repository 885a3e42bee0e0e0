"""Rows behind each other without a mask. The kernel runs on GPUs alone: here a plain loop stands in for it.

`scripts/gpu-check.sh` compares loss and gradients with the kernel itself on the machine's own GPU.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch
from torch.nn import functional
from transformers import LlamaConfig, LlamaForCausalLM

from eager_llm_peft.families import packed_attention
from eager_llm_peft.families.family import Reading
from eager_llm_peft.families.llama import LLAMA
from eager_llm_peft.rows import rows_of

from .tiny import ROWS, row_table


def _row_by_row(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    ends: torch.Tensor,
    _key_ends: torch.Tensor,
    longest: int,
    _longest_key: int,
    *,
    scale: float,
    window_size: tuple[int, int],
    enable_gqa: bool = False,
) -> torch.Tensor:
    """What `varlen_attn` says it does, for [total, heads, size]."""
    assert window_size == (-1, 0)
    limits = ends.tolist()
    assert longest == max(b - a for a, b in itertools.pairwise(limits))
    found = []
    for a, b in itertools.pairwise(limits):
        rows, keys, values = (part[a:b].transpose(0, 1)[None] for part in (query, key, value))
        attended = functional.scaled_dot_product_attention(
            rows, keys, values, is_causal=True, scale=scale, enable_gqa=enable_gqa
        )
        found.append(attended[0].transpose(0, 1))
    return torch.cat(found)


@pytest.mark.parametrize("shared_keys", [{"enable_gqa": True}, {}], ids=["shared-keys", "as-many-keys"])
def test_packed_rows_need_no_mask(monkeypatch: pytest.MonkeyPatch, shared_keys: dict[str, Any]) -> None:
    monkeypatch.setattr(packed_attention, "varlen_attn", _row_by_row)
    monkeypatch.setattr(packed_attention, "_SHARED_KEYS", shared_keys)
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=20,
        hidden_size=40,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        attn_implementation="sdpa",
    )
    network = LlamaForCausalLM(config)
    rows = rows_of(row_table(ROWS))
    masked = LLAMA.read_rows(network, rows, Reading(True, "sdpa", False))
    network.set_attn_implementation(packed_attention.PACKED)
    packed = LLAMA.read_rows(network, rows, Reading(True, packed_attention.PACKED, False))
    assert packed.starts.tolist() == masked.starts.tolist()
    torch.testing.assert_close(packed.values, masked.values, rtol=1e-5, atol=1e-6)
