"""Shapes of models with random weights, and rows to train them with: the same for both sides of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from eager_llm_peft.families.registry import family_of
from eager_llm_peft.files import Tensors
from eager_llm_peft.rows import Ints, Row
from eager_llm_peft.weights import StartingModel


@dataclass(frozen=True)
class Shape:
    #: What `config.json` has.
    config: dict[str, Any]
    #: Ids of the added tokens begin here.
    first_new_token: int
    rows: int
    lengths: tuple[int, int]


def _llama(vocabulary: int, added: int, rows: int, lengths: tuple[int, int], **sizes: Any) -> Shape:
    config = {"model_type": "llama", "vocab_size": vocabulary + added, "max_position_embeddings": 2048, **sizes}
    return Shape({**config, "rms_norm_eps": 1e-5}, vocabulary, rows, lengths)


def _sizes(hidden: int, inner: int, layers: int, heads: int, key_heads: int, tied: bool) -> dict[str, Any]:
    return {
        "hidden_size": hidden,
        "intermediate_size": inner,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": key_heads,
        "tie_word_embeddings": tied,
    }


#: Rows of a GPU are as long as histories and texts of Amazon Beauty; their number fits one pass.
ON_GPU = ((32, 256), 64)
SHAPES = {
    "tiny": _llama(512, 64, 8, (8, 24), **_sizes(64, 128, 2, 4, 2, True)),
    "SmolLM2-135M": _llama(49_152, 1024, ON_GPU[1], ON_GPU[0], **_sizes(576, 1536, 30, 9, 3, True)),
    "Llama-3.2-1B": _llama(128_256, 1024, ON_GPU[1], ON_GPU[0], **_sizes(2048, 8192, 16, 32, 8, True)),
    "Llama-3-8B": _llama(128_256, 1024, ON_GPU[1], ON_GPU[0], **_sizes(4096, 14_336, 32, 32, 8, False)),
}


@dataclass(frozen=True)
class Case:
    """What is trained, and how: the same for both sides of a comparison."""

    shape: Shape
    #: "lora" or "full".
    tuning: str
    #: Of each update.
    rows: list[list[Ints]]
    #: Updates that are not timed.
    warmup: int
    device: torch.device
    precision: str
    #: For what the training writes.
    folder: Path


def made_up_rows(shape: Shape, updates: int) -> list[list[Ints]]:
    """Rows of each update, of unlike lengths."""
    draw = np.random.default_rng(1)
    first, last = shape.lengths
    return [
        [draw.integers(0, shape.config["vocab_size"], draw.integers(first, last + 1)) for _ in range(shape.rows)]
        for _ in range(updates)
    ]


def as_row(tokens: Ints) -> Row:
    """Every token but the first is learned."""
    nothing = np.zeros(0, dtype=np.int64)
    return Row(tokens, 0, np.ones(len(tokens), dtype=np.float32), nothing, nothing, nothing)


@dataclass(frozen=True)
class MadeUp(StartingModel):
    """Weights by chance; large ones repeat, which costs no time to draw and none to compute with."""

    def tensors(self) -> Tensors:
        family = self.family
        with torch.device("meta"):
            network = family.model_class(family.config_class(**{**self.config, **family.fixed}))
        drawn = torch.randn(1 << 22, generator=torch.Generator().manual_seed(1)).mul_(0.02).bfloat16()
        return {
            name: torch.ones(value.shape, dtype=torch.bfloat16)
            if value.dim() == 1
            else drawn.repeat(-(-value.numel() // drawn.numel()))[: value.numel()].view(value.shape)
            for name, value in network.named_parameters()
        }


def products_of_weights(config: dict[str, Any]) -> int:
    """Weights that every token is multiplied with: all but the rows that are looked up."""
    family = family_of(config)
    tied = bool(config["tie_word_embeddings"])
    looked_up = 0 if tied else config["vocab_size"] * config["hidden_size"]
    return family.parameter_count(config) - looked_up
