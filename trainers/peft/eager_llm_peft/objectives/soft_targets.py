"""Target shares of digits of items in histories, and the other legal digits."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from ..catalogue import Catalogue


@dataclass(frozen=True)
class Teaching:
    """What a digit's target is made of: forecast, true digit and smoothing together add up to 1."""

    catalogue: Catalogue
    #: Shares of all forecasts, float16; None where nothing is distilled.
    forecasts: torch.Tensor | None
    distillation: float
    label_smoothing: float

    def plain(self) -> Teaching:
        """Only the true digit: used for held-out losses."""
        return Teaching(self.catalogue, None, 0.0, 0.0)


@dataclass(frozen=True)
class TaughtDigits:
    """Digits of one level, [N] each."""

    level: int
    #: Place of the state behind which the digit comes.
    states: torch.Tensor
    weights: torch.Tensor
    events: torch.Tensor


def soft_targets(taught: TaughtDigits, teaching: Teaching) -> tuple[torch.Tensor, torch.Tensor]:
    """[N, digits of the level]: what part of the probability each digit should get, and which digits can come."""
    catalogue, level = teaching.catalogue, taught.level
    assert catalogue.event_items is not None
    items = catalogue.event_items[taught.events]
    owner, child = catalogue.allowed(level, catalogue.paths[level, items])
    digit = catalogue.digits[level][child]
    shape = (len(items), len(catalogue.code_tokens[level]))
    allowed = torch.zeros(shape, dtype=torch.bool, device=items.device)
    allowed[owner, digit] = True
    sharp = 1 - teaching.label_smoothing
    known = _forecast_shares(taught, teaching, items, owner, child)
    forecast = torch.zeros(len(items), device=items.device)
    shares = torch.zeros(shape, device=items.device)
    if known is not None:
        forecast = (known.mask * teaching.distillation).float()
        shares[owner, digit] = sharp * forecast[owner] * known.shares
    true = catalogue.codes[items, level]
    shares[torch.arange(len(items), device=items.device), true] += sharp * (1 - forecast)
    if teaching.label_smoothing > 0:
        counts = allowed.sum(1, keepdim=True)
        shares += torch.where(allowed, teaching.label_smoothing / counts, 0.0)
    return shares, allowed


@dataclass(frozen=True)
class _Forecast:
    #: [N] was there a history to forecast from?
    mask: torch.Tensor
    #: [children written out] shares that add up to 1 for each of the N
    shares: torch.Tensor


def _forecast_shares(
    taught: TaughtDigits, teaching: Teaching, items: torch.Tensor, owner: torch.Tensor, child: torch.Tensor
) -> _Forecast | None:
    catalogue, forecasts = teaching.catalogue, teaching.forecasts
    if forecasts is None or catalogue.forecast_begins is None:
        return None
    begins = catalogue.forecast_begins[taught.events]
    at = begins.clone()
    for above in range(taught.level):
        at += catalogue.children(above, catalogue.paths[above, items])[1]
    first, _ = catalogue.children(taught.level, catalogue.paths[taught.level, items])
    mask = begins >= 0
    places = torch.where(mask[owner], at[owner] + child - first[owner], 0)
    shares = forecasts[places].float()
    # Rounded shares only add up to nearly 1; the loss needs 1.
    whole = torch.zeros(len(items), device=items.device).index_add_(0, owner, shares)
    return _Forecast(mask, shares / whole[owner])
