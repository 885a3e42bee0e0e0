"""Attention within packed rows: each looks at itself alone, and what it cannot see costs nothing.

torch's FlashAttention for rows of unlike lengths (Dao 2024); a mask over all tokens of a pass would cost their square.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from ..job import EngineSettings
from ..rows import Ints

try:
    varlen_attn: Any = import_module("torch.nn.attention.varlen").varlen_attn
except ImportError:
    varlen_attn = None

#: As transformers knows it.
PACKED = "packed_rows"
_KNOWN = set(inspect.signature(varlen_attn).parameters) if varlen_attn else set[str]()
#: Since torch 2.11; 2.10 has neither a scale nor a window.
_IS_KNOWN = {"scale", "window_size"} <= _KNOWN
#: Older kernels want as many keys as queries.
_SHARED_KEYS: dict[str, Any] = {"enable_gqa": True} if "enable_gqa" in _KNOWN else {}


def attention_of(engine: EngineSettings, device: torch.device) -> str:
    """The attention that computes `engine.attention`: the same numbers, the fastest way there is on this device."""
    asked = engine.packing and engine.attention == "sdpa" and engine.precision == "bfloat16"
    return PACKED if asked and _has_kernel(device) else engine.attention


def _has_kernel(device: torch.device) -> bool:
    """FlashAttention needs an Ampere or later; older GPUs have bfloat16 by emulation alone."""
    return _IS_KNOWN and device.type == "cuda" and torch.cuda.get_device_capability(device)[0] >= 8


def boundaries(lengths: Ints, device: torch.device) -> dict[str, Any]:
    """Where rows of some lengths begin and end, as the layers of a model are told."""
    ends = np.concatenate([[0], lengths.cumsum()]).astype(np.int32)
    return {"cu_seq_lens_q": torch.from_numpy(ends).to(device), "max_length_q": int(lengths.max())}


def _attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    scaling: float | None = None,
    cu_seq_lens_q: torch.Tensor | None = None,
    max_length_q: int = 0,
    **others: Any,
) -> tuple[torch.Tensor, None]:
    """`query` [1, heads, total, size], keys and values alike -> [1, total, heads, size]."""
    if cu_seq_lens_q is None:  # prompts and their beams, beside each other
        attended: tuple[torch.Tensor, None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, scaling=scaling, **others
        )
        return attended
    if not _SHARED_KEYS:
        groups = query.shape[1] // key.shape[1]
        key, value = key.repeat_interleave(groups, 1), value.repeat_interleave(groups, 1)
    # Rotation may have raised the precision of what it rotated; heads have a multiple of 8 numbers.
    size = query.shape[3]
    rows, keys, values = (_widened(part[0].transpose(0, 1).to(value.dtype), -size % 8) for part in (query, key, value))
    ends, longest = cu_seq_lens_q, max_length_q
    own = varlen_attn(
        rows, keys, values, ends, ends, longest, longest, scale=scaling, window_size=(-1, 0), **_SHARED_KEYS
    )
    return own[None, :, :, :size], None


def _widened(part: torch.Tensor, zeros: int) -> torch.Tensor:
    return functional.pad(part, (0, zeros)) if zeros else part


AttentionInterface.register(PACKED, _attend)
