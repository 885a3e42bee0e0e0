"""What a family of models is to the rest: its names, its classes in transformers, how it reads rows and grows beams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import nn

from ..rows import Ints, Row

#: `config.json` of a model, and the model as transformers has it.
Config = dict[str, Any]
Network = Any


@dataclass(frozen=True)
class Reading:
    """How the rows of a pass are read."""

    packing: bool
    attention: str
    #: Is the state behind the last token of a row asked for? Else that token is only ever a target.
    whole_rows: bool


@dataclass(frozen=True)
class States:
    """What a pass over rows computes."""

    #: [states of the pass, hidden], as the head is applied to them
    values: torch.Tensor
    #: [rows] the state behind token t of a row stands at `starts[row] + t`; what predicts the token, one before.
    starts: Ints


class PlantedTree(Protocol):
    """Prompts that were read, and what grows behind them."""

    #: [prompts, beams, hidden] states of the last tokens
    states: torch.Tensor

    def grow(self, parents: torch.Tensor, tokens: torch.Tensor) -> None:
        """One token [prompts, beams] behind each of some beams, `parents` [prompts, beams] by number."""


@dataclass(frozen=True)
class Family:
    title: str
    #: Classes of transformers.
    config_class: Any
    model_class: Any
    #: Settings that the computation has to have, whatever the config says.
    fixed: Config
    #: Kind of task in PEFT.
    adapter_task: str
    #: Tensors of the token rows, and of a head of its own.
    embedding: str
    head: str
    #: What the rows of a pass may be, and which adapters there are: others are refused before any work.
    can_pack: bool
    can_flash: bool
    can_adapt_untied: bool
    #: Settings in which a base and its job have to agree.
    sizes: tuple[str, ...]
    hidden_size: str
    parameter_count: Callable[[Config], int]
    #: Of tensors in a file: is it part of the computation?
    computes: Callable[[str], bool]
    #: Lengths of a row that are padded to the longest of a pass.
    lengths: Callable[[Row], tuple[int, ...]]
    read_rows: Callable[[Network, list[Row], Reading], States]
    plant: Callable[[Network, list[Ints]], PlantedTree]
    #: Drops at a rate what the Node engine drops.
    add_dropout: Callable[[Network, float], None]
    #: Compiled, and sharded, one by one.
    layers: Callable[[Network], list[nn.Module]]

    @property
    def architecture(self) -> str:
        return str(self.model_class.__name__)

    @property
    def embedding_module(self) -> str:
        return self.embedding.removesuffix(".weight")

    @property
    def head_module(self) -> str:
        return self.head.removesuffix(".weight")


def is_tied(config: Config) -> bool:
    """Whether the head shares the weights of the token embedding."""
    return bool(config.get("tie_word_embeddings"))


def padded(rows: list[Ints], device: torch.device) -> torch.Tensor:
    """[rows, longest], zeros on the right."""
    tokens = np.zeros((len(rows), max(1, *map(len, rows))), dtype=np.int64)
    for at, row in enumerate(rows):
        tokens[at, : len(row)] = row
    return torch.from_numpy(tokens).to(device)


def additive(seen: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """[rows, 1, queries, keys] of [rows, queries, keys]: 0 where a query looks, very negative elsewhere."""
    mask = torch.zeros(seen.shape, dtype=dtype, device=seen.device)
    return mask.masked_fill_(~seen, torch.finfo(dtype).min)[:, None]
