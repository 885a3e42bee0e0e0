"""LLaMA (Touvron et al. 2023) and its kin: a decoder that reads source and target as one row."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers import (
    DynamicCache,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
    SmolLM3Config,
    SmolLM3ForCausalLM,
)

from ..rows import Ints, Row
from .family import Config, Family, Network, Reading, States, additive, is_tied, padded
from .llama_layout import attention_mask, lay_out
from .packed_attention import PACKED, boundaries

_HEAD = "lm_head.weight"
_FLASH = "flash_attention_2"


def _read_rows(network: Network, rows: list[Row], reading: Reading) -> States:
    layout = lay_out(rows, packing=reading.packing, whole_rows=reading.whole_rows, device=network.device)
    limits = boundaries(layout.lengths, network.device) if reading.attention == PACKED else {}
    # Flash attention tells rows apart by their positions.
    masked = reading.attention not in (PACKED, _FLASH)
    mask = attention_mask(layout, network.dtype) if masked else None
    output = network.model(
        input_ids=layout.tokens, position_ids=layout.positions, attention_mask=mask, use_cache=False, **limits
    )
    return States(output.last_hidden_state.flatten(0, 1), layout.starts)


class _Tree:
    """Keys and values of the prompts are computed once; each token of a beam is one more column of the cache.

    It is seen by the beams that descend from it alone, so that no cache is ever repeated or reordered.
    """

    def __init__(self, network: Network, prompts: list[Ints]):
        device = network.device
        self._network = network
        self._lengths = torch.tensor([len(prompt) for prompt in prompts], device=device)
        self._depth = 0
        self._cache = DynamicCache(config=network.config)
        tokens = padded(prompts, device)
        # By position: transformers has renamed the cache's argument.
        with _masked_attention(network):
            output = network.model(tokens, None, None, self._cache, use_cache=True)
        self.states = output.last_hidden_state[torch.arange(len(prompts), device=device), self._lengths - 1][:, None]
        #: [prompts, beams, columns] which columns of the cache each beam descends from
        self._seen = (torch.arange(tokens.shape[1], device=device)[None] < self._lengths[:, None])[:, None]

    def grow(self, parents: torch.Tensor, tokens: torch.Tensor) -> None:
        rows, beams = tokens.shape
        own = torch.eye(beams, dtype=torch.bool, device=tokens.device).expand(rows, -1, -1)
        inherited = self._seen.gather(1, parents[..., None].expand(-1, -1, self._seen.shape[2]))
        self._seen = torch.cat([inherited, own], 2)
        mask = additive(self._seen, self._network.dtype)
        positions = (self._lengths[:, None] + self._depth).expand(-1, beams)
        with _masked_attention(self._network):
            output = self._network.model(tokens, mask, positions, self._cache, use_cache=True)
        self._depth += 1
        self.states = output.last_hidden_state


@contextlib.contextmanager
def _masked_attention(network: Network) -> Iterator[None]:
    """Flash attention takes no mask of what each token sees.

    Said to the config, which every layer asks: `set_attn_implementation` goes through all modules, for each token.
    """
    config = network.config
    asked = config._attn_implementation
    config._attn_implementation = "sdpa" if asked == _FLASH else asked
    try:
        yield
    finally:
        config._attn_implementation = asked


def _add_dropout(network: Network, rate: float) -> None:
    """On the embedding and on what attention and MLP add."""

    def drop(module: nn.Module, _inputs: Any, output: Any) -> Any:
        if isinstance(output, tuple):
            return (functional.dropout(output[0], rate, module.training), *output[1:])
        return functional.dropout(output, rate, module.training)

    network.model.embed_tokens.register_forward_hook(drop)
    for layer in network.model.layers:
        layer.self_attn.register_forward_hook(drop)
        layer.mlp.register_forward_hook(drop)


def _parameter_count(config: Config) -> int:
    width, inner, layers = config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"]
    heads = config["num_attention_heads"]
    head_size = config.get("head_dim") or width // heads
    queries, keys = heads * head_size, (config.get("num_key_value_heads") or heads) * head_size
    layer = 2 * width * (queries + keys) + 3 * width * inner + 2 * width
    kind = config["model_type"]
    if kind == "qwen2":
        layer += queries + 2 * keys
    elif config.get("attention_bias"):
        layer += queries + 2 * keys + width
    if config.get("mlp_bias"):
        layer += 2 * inner + width
    if kind == "qwen3":
        layer += 2 * head_size
    tables = 1 if is_tied(config) else 2
    return int(layers * layer + width + tables * config["vocab_size"] * width)


LLAMA = Family(
    title="LLaMA",
    config_class=LlamaConfig,
    model_class=LlamaForCausalLM,
    # Else torch gives that token's row no gradient.
    fixed={"pad_token_id": None},
    adapter_task="CAUSAL_LM",
    embedding="model.embed_tokens.weight",
    head=_HEAD,
    can_pack=True,
    can_flash=True,
    can_adapt_untied=True,
    sizes=("model_type", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads"),
    hidden_size="hidden_size",
    parameter_count=_parameter_count,
    # Older files store the rotary frequencies too.
    computes=lambda name: (name.startswith("model.") or name == _HEAD) and not name.endswith("rotary_emb.inv_freq"),
    # The last token is only ever a target.
    lengths=lambda row: (len(row.tokens) - 1,),
    read_rows=_read_rows,
    plant=_Tree,
    add_dropout=_add_dropout,
    layers=lambda network: list(network.model.layers),
)

QWEN2 = dataclasses.replace(LLAMA, title="Qwen2", config_class=Qwen2Config, model_class=Qwen2ForCausalLM)
QWEN3 = dataclasses.replace(LLAMA, title="Qwen3", config_class=Qwen3Config, model_class=Qwen3ForCausalLM)
SMOLLM3 = dataclasses.replace(LLAMA, title="SmolLM3", config_class=SmolLM3Config, model_class=SmolLM3ForCausalLM)
