"""A pass of a decoder as tensors: rows padded beside each other, or packed behind each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from ..rows import Ints, Row
from .family import additive, padded


@dataclass(frozen=True)
class Layout:
    """Inputs of the decoder, and where each row begins among its states."""

    #: [rows, longest] padded, or [1, total] packed
    tokens: torch.Tensor
    positions: torch.Tensor
    #: [rows] place of each row's first token among the flat states
    starts: Ints
    #: [rows] tokens of each
    lengths: Ints
    #: [total] number of the row that each token belongs to; None where rows are padded
    owners: torch.Tensor | None


def lay_out(rows: list[Row], *, packing: bool, whole_rows: bool, device: torch.device) -> Layout:
    """The last token of a row is only ever a target: it goes in with `whole_rows`, where the state behind it counts."""
    inputs = [row.tokens if whole_rows else row.tokens[:-1] for row in rows]
    lengths = np.array([len(tokens) for tokens in inputs])
    if packing:
        ends = np.cumsum(lengths)
        return Layout(
            _tensor(np.concatenate(inputs)[None], device),
            _tensor(np.concatenate([np.arange(length) for length in lengths])[None], device),
            ends - lengths,
            lengths,
            _tensor(np.repeat(np.arange(len(rows)), lengths), device),
        )
    tokens = padded(inputs, device)
    longest = tokens.shape[1]
    positions = np.broadcast_to(np.arange(longest), tokens.shape)
    return Layout(tokens, _tensor(positions, device), np.arange(len(rows)) * longest, lengths, None)


def attention_mask(layout: Layout, dtype: torch.dtype) -> torch.Tensor | None:
    """[1, 1, total, total] for packed rows: 0 up to the own position within the own row, very negative elsewhere.

    Padded rows need none: padding stands on the right, where no token looks.
    """
    if layout.owners is None:
        return None
    same = layout.owners[:, None] == layout.owners[None, :]
    return additive(same.tril()[None], dtype)


def _tensor(values: np.ndarray, device: torch.device) -> torch.Tensor:
    return torch.from_numpy(np.array(values, dtype=np.int64)).to(device)
