"""The loss of a pass, as the Node engine has it (orchestrator/models/llama/training-pass.ts)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional
from transformers import LlamaForCausalLM

from .contrast import Contrast, contrast_loss
from .digits import TaughtDigits, Teaching, soft_targets, split_learned
from .layout import Layout, attention_mask, lay_out
from .rows import Row


@dataclass(frozen=True)
class LossSettings:
    packing: bool
    attention: str
    teaching: Teaching | None
    contrast: Contrast | None


@dataclass(frozen=True)
class Totals:
    """Of a whole update, over all its passes: what the loss is a mean over."""

    weight: float
    summaries: int


class TrainedModel(nn.Module):
    """The model with what trains beside it; everything that reads its weights goes through `forward`.

    So that weights which are shared out among processes are whole while a function of the model runs.
    """

    def __init__(self, llama: LlamaForCausalLM, projectors: dict[str, torch.Tensor], first_new_token: int | None):
        super().__init__()
        self.llama = llama
        self.projectors = nn.ParameterDict({name: nn.Parameter(value) for name, value in projectors.items()})
        #: Where trained rows begin; None where all rows are trained.
        self.first_new_token = first_new_token

    def forward(self, function, *arguments):  # type: ignore[no-untyped-def]
        return function(self, *arguments)

    def states(self, layout: Layout, attention: str) -> torch.Tensor:
        """[tokens of the pass, hidden] after the final norm."""
        mask = None
        if attention != "flash_attention_2":
            # Flash attention tells rows apart by their positions.
            mask = attention_mask(layout, self.llama.dtype)
        output = self.llama.model(
            input_ids=layout.tokens, position_ids=layout.positions, attention_mask=mask, use_cache=False
        )
        states: torch.Tensor = output.last_hidden_state.flatten(0, 1)
        return states

    def head_rows(self, tokens: torch.Tensor) -> torch.Tensor:
        """Rows of the head for tokens of codes, [tokens, hidden]."""
        head = self.llama.lm_head
        adapter = getattr(head, "token_adapter", None)
        if adapter is None or self.first_new_token is None:
            rows: torch.Tensor = head.weight[tokens]
        else:
            rows = adapter.trainable_tokens_delta["default"][tokens - self.first_new_token]
        return rows


def pass_loss(
    model: TrainedModel, rows: list[Row], totals: Totals, negatives: list[int], settings: LossSettings
) -> torch.Tensor:
    """sum of weight * cross entropy over learned positions, and what contrast adds; divided by the update's totals."""
    device = model.llama.device
    contrast, teaching = settings.contrast, settings.teaching
    layout = lay_out(rows, packing=settings.packing, whole_rows=contrast is not None, device=device)
    states = model.states(layout, settings.attention)
    (places, targets, weights), taught = split_learned(rows, layout.starts, teaching, device)
    loss = states.new_zeros((), dtype=torch.float32)
    if len(places) > 0:
        logits = model.llama.lm_head(states[places]).float()
        losses = functional.cross_entropy(logits, targets, reduction="none")
        loss = loss + (losses * (weights / totals.weight)).sum()
    for level in taught:
        assert teaching is not None
        loss = loss + _taught_loss(model, states, level, teaching) / totals.weight
    if contrast and totals.summaries > 0:
        ends = [int(start + at) for row, start in zip(rows, layout.starts, strict=True) for at in row.positions]
        items = [int(item) for row in rows for item in row.items]
        if ends:
            sums = contrast_loss(
                states[torch.tensor(ends, device=device)],
                torch.tensor(items, device=device),
                torch.tensor(negatives, device=device),
                dict(model.projectors.items()),
                contrast,
            )
            loss = loss + sums * (contrast.weight / totals.summaries)
    return loss


def _taught_loss(model: TrainedModel, states: torch.Tensor, taught: TaughtDigits, teaching: Teaching) -> torch.Tensor:
    shares, allowed = soft_targets(taught, teaching)
    rows = model.head_rows(teaching.catalogue.code_tokens[taught.level])
    logits = functional.linear(states[taught.states], rows.to(states.dtype)).float()
    logarithms = functional.log_softmax(logits.masked_fill(~allowed, -1e9), 1)
    return (-(shares * logarithms).sum(1) * taught.weights).sum()
