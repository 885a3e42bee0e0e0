"""T5 of the first version (Raffel et al. 2020): an encoder reads the source, a decoder writes the target."""

from __future__ import annotations

import numpy as np
import torch
from transformers import T5Config, T5ForConditionalGeneration

from ..rows import Ints, Row
from .family import Config, Family, Network, Reading, States, additive, is_tied, padded


def _read_rows(network: Network, rows: list[Row], reading: Reading) -> States:
    """The encoder over sources, the decoder over targets, each padded on the right by themselves."""
    encoded, mask = _encode(network, [row.source for row in rows])
    start = network.config.decoder_start_token_id
    # The state behind the start token predicts the first token of the target.
    written = [np.append([start], row.target if reading.whole_rows else row.target[:-1]) for row in rows]
    tokens = padded(written, network.device)
    values = _decode(network, tokens, encoded, mask)
    sources = np.array([row.source_length for row in rows])
    return States(values.flatten(0, 1), np.arange(len(rows)) * tokens.shape[1] - sources + 1)


class _Tree:
    """The encoder runs once; the few tokens of a prompt's beams go through the decoder anew at each step.

    All beams stand in one row and none sees another: within a beam, distances in the row are distances in the beam.
    """

    def __init__(self, network: Network, prompts: list[Ints]):
        self._network = network
        self._encoded, self._mask = _encode(network, prompts)
        #: [prompts, beams, tokens]
        start = network.config.decoder_start_token_id
        self._written = torch.full((len(prompts), 1, 1), start, dtype=torch.long, device=network.device)
        self.states = _decode(network, self._written[:, 0], self._encoded, self._mask)

    def grow(self, parents: torch.Tensor, tokens: torch.Tensor) -> None:
        inherited = self._written.gather(1, parents[..., None].expand(-1, -1, self._written.shape[2]))
        self._written = torch.cat([inherited, tokens[..., None]], 2)
        beams, length = self._written.shape[1:]
        beam = torch.arange(beams * length, device=tokens.device) // length
        seen = (beam[:, None] == beam[None, :]).tril()
        own = additive(seen[None], self._network.dtype)
        states = _decode(self._network, self._written.flatten(1), self._encoded, self._mask, own)
        self.states = states[:, length - 1 :: length]


def _encode(network: Network, sources: list[Ints]) -> tuple[torch.Tensor, torch.Tensor]:
    """States [sources, longest, hidden], and where there are tokens [sources, longest]."""
    tokens = padded(sources, network.device)
    # A source without any token looks at its padding: there has to be something to look at.
    lengths = torch.tensor([max(1, len(source)) for source in sources], device=network.device)
    mask = (torch.arange(tokens.shape[1], device=network.device)[None] < lengths[:, None]).long()
    encoded: torch.Tensor = network.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
    return encoded, mask


def _decode(
    network: Network,
    tokens: torch.Tensor,
    encoded: torch.Tensor,
    mask: torch.Tensor,
    own: torch.Tensor | None = None,
) -> torch.Tensor:
    """States [rows, tokens, hidden]; `own` is added to the decoder's scores of itself, None: it sees its past."""
    output = network.decoder(
        input_ids=tokens,
        attention_mask=own,
        encoder_hidden_states=encoded,
        encoder_attention_mask=mask,
        use_cache=False,
    )
    states: torch.Tensor = output.last_hidden_state
    # With one table for both, the head sees smaller states.
    return states * network.config.d_model**-0.5 if network.config.scale_decoder_outputs else states


def _add_dropout(network: Network, rate: float) -> None:
    """On the embeddings, on what attention and MLP add, and behind the final norms; not within attention and MLP."""
    for stack in (network.encoder, network.decoder):
        for module in (stack, *(layer for block in stack.block for layer in block.layer)):
            module.dropout.p = rate


def _parameter_count(config: Config) -> int:
    width, inner = config["d_model"], config["num_heads"] * config["d_kv"]
    encoder, decoder = config["num_layers"], config.get("num_decoder_layers") or config["num_layers"]
    attention, dense = 4 * width * inner + width, 2 * width * config["d_ff"] + width
    blocks = encoder * (attention + dense) + decoder * (2 * attention + dense)
    biases = 2 * T5Config(**config).relative_attention_num_buckets * config["num_heads"]
    tables = 1 if is_tied(config) else 2
    return int(blocks + biases + 2 * width + tables * config["vocab_size"] * width)


def _computes(name: str) -> bool:
    """Older files store the shared table once more for each stack, and a bias that no attention uses."""
    if name in (T5.embedding, T5.head):
        return True
    unused = name.endswith((".embed_tokens.weight", "EncDecAttention.relative_attention_bias.weight"))
    return name.startswith(("encoder.", "decoder.")) and not unused


T5 = Family(
    title="T5",
    config_class=T5Config,
    model_class=T5ForConditionalGeneration,
    # What is dropped is a setting of the training.
    fixed={"dropout_rate": 0.0},
    adapter_task="SEQ_2_SEQ_LM",
    embedding="shared.weight",
    head="lm_head.weight",
    can_pack=False,
    can_flash=False,
    # transformers 5 takes every T5 for a tied one, and PEFT with it.
    can_adapt_untied=False,
    sizes=("model_type", "d_model", "d_kv", "d_ff", "num_layers", "num_decoder_layers", "num_heads"),
    hidden_size="d_model",
    parameter_count=_parameter_count,
    computes=_computes,
    lengths=lambda row: (row.source_length, len(row.target)),
    read_rows=_read_rows,
    plant=_Tree,
    add_dropout=_add_dropout,
    layers=lambda network: [*network.encoder.block, *network.decoder.block],
)
