"""Rows as they lie in shards, one micro-batch after the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .files import Tensors
from .job import Job, Shard

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """Token ids, where they are learned, and the codes of items that end in it; source and target in one."""

    #: [length]
    tokens: Ints
    #: How many of them are given.
    source_length: int
    #: [length] weight of the loss for predicting token t from those before it
    weights: Floats
    #: [summaries] where the code of a learned item ends, and which item; which event of the log, or -1
    positions: Ints
    items: Ints
    events: Ints

    @property
    def source(self) -> Ints:
        return self.tokens[: self.source_length]

    @property
    def target(self) -> Ints:
        return self.tokens[self.source_length :]

    @property
    def loss_weight(self) -> float:
        return float(self.weights[1:].sum(dtype=np.float64))


def cut_rows(tensors: Tensors, values: str, offsets: str) -> list[Ints]:
    """Whole numbers that lie one row behind the other: row i is `values[offsets[i] : offsets[i + 1]]`."""
    whole = tensors[values].long().numpy()
    return [whole[a:b] for a, b in itertools.pairwise(tensors[offsets].tolist())]


def rows_of(tensors: Tensors, prefix: str = "") -> list[Row]:
    """All rows of a table that the job's writer made."""

    def column(name: str) -> npt.NDArray[np.int64]:
        return tensors[prefix + name].numpy().astype(np.int64)

    tokens, weights = column("tokens"), tensors[prefix + "loss_weights"].numpy()
    offsets, sources = column("row_offsets"), column("source_lengths")
    positions, items, events = (column(f"summary_{name}") for name in ("positions", "items", "events"))
    # Summaries stand in the order of their rows.
    first = np.searchsorted(column("summary_rows"), np.arange(len(offsets)))
    return [
        Row(
            tokens[offsets[at] : offsets[at + 1]],
            int(sources[at]),
            weights[offsets[at] : offsets[at + 1]],
            positions[first[at] : first[at + 1]],
            items[first[at] : first[at + 1]],
            events[first[at] : first[at + 1]],
        )
        for at in range(len(offsets) - 1)
    ]


def micro_batches(job: Job, shards: list[Shard], first: int) -> Iterator[list[Row]]:
    """Micro-batches of an epoch from batch `first` on; shards before it are not opened."""
    passed = 0
    for shard in shards:
        if passed + shard.micro_batches > first:
            tensors = job.tensors(shard.file)
            rows = rows_of(tensors)
            offsets = tensors["batch_offsets"].tolist()
            for at in range(max(0, first - passed), shard.micro_batches):
                yield rows[offsets[at] : offsets[at + 1]]
        passed += shard.micro_batches


def groups_of(batches: Iterator[list[Row]], size: int) -> Iterator[list[list[Row]]]:
    """The micro-batches of one update after the other."""
    while group := list(itertools.islice(batches, size)):
        yield group


def passes_of(
    rows: list[Row], lengths: Callable[[Row], tuple[int, ...]], max_tokens: int, *, packing: bool
) -> list[list[Row]]:
    """Cuts a micro-batch so that each piece has at most `max_tokens` tokens, padding included; a longer row goes alone.

    `lengths` of a row are padded each by itself. With packing there is no padding, so more rows fit.
    """
    passes: list[list[Row]] = []
    longest: tuple[int, ...] = ()
    total = 0
    for row in rows:
        own = lengths(row)
        longest_with = tuple(map(max, longest, own)) if passes else own
        total_with = total + sum(own)
        size = total_with if packing else (len(passes[-1]) + 1) * sum(longest_with) if passes else 0
        if passes and size <= max_tokens:
            passes[-1].append(row)
            longest, total = longest_with, total_with
        else:
            passes.append([row])
            longest, total = own, sum(own)
    return passes
