"""torch.compile for training, layer by layer: they are alike, so that one of them is compiled for all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn


def compile_layers(layers: Iterable[nn.Module], backend: str | Callable[..., Any] = "inductor") -> None:
    # torch counts compilations of the layers' code, not of the layers: those of the part before would use up its limit.
    torch.compiler.reset()
    for layer in layers:
        layer.compile(dynamic=True, backend=backend)


def uncompiled(compiled: bool) -> contextlib.AbstractContextManager[Any]:
    """For decoding: a cache of keys and values is another to each layer, so that each would be compiled by itself.

    From a few layers on that uses up the limit of compilations, behind which nothing is compiled any more.
    """
    # Only where something is compiled: torch takes seconds to import what knows of it.
    return torch.compiler.set_stance("force_eager") if compiled else contextlib.nullcontext()
