"""The codes of the catalogue: the trie in compressed sparse rows, and what can stand where."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from .files import Tensors
from .job import Job
from .rows import Ints


class Catalogue:
    """As orchestrator/item-index/trie.ts: children of a node are neighbours, numbered in the order of their codes."""

    def __init__(self, tensors: Tensors, device: torch.device):
        self.codes = tensors["codes"].long().to(device)
        self.levels = self.codes.shape[1]
        #: [levels + 1][nodes of that depth + 1]
        self.starts = [tensors[f"starts/{depth}"].long().to(device) for depth in range(self.levels + 1)]
        #: [levels][nodes of the next depth]
        self.digits = [tensors[f"digits/{level}"].long().to(device) for level in range(self.levels)]
        #: [levels][digits in use] ids of the digits' tokens
        self.code_tokens = [tensors[f"code_tokens/{level}"].long().to(device) for level in range(self.levels)]
        #: [items] item numbers in the order of their codes
        self.items = tensors["items"].long().to(device)
        # Asked for one leaf after the other: a device would be waited for each time.
        self._items: list[int] = tensors["items"].tolist()
        self._leaf_starts: list[int] = tensors[f"starts/{self.levels}"].tolist()
        #: [levels + 1, items] the node of each depth that an item lies below
        self.paths = self._paths()
        self.event_items = tensors["event_items"].long().to(device) if "event_items" in tensors else None
        #: [levels][events] where the digits of an event's item have others beside them
        self._choices = [self._has_choice(level).cpu().numpy() for level in range(self.levels)]
        self.forecast_begins = tensors["forecast_begins"].to(device) if "forecast_begins" in tensors else None

    def children(self, level: int, nodes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """First child and number of children of some nodes of depth `level`."""
        first = self.starts[level][nodes]
        return first, self.starts[level][nodes + 1] - first

    def allowed(self, level: int, nodes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Digits that can follow nodes [N], written out: which of the N each belongs to, and the child's number."""
        first, counts = self.children(level, nodes)
        owner = torch.repeat_interleave(torch.arange(len(nodes), device=nodes.device), counts)
        begin = torch.cumsum(counts, 0) - counts
        child = torch.arange(len(owner), device=nodes.device) - begin[owner] + first[owner]
        return owner, child

    def closed(self, excluded: list[Ints]) -> list[torch.Tensor]:
        """[levels] nodes of the next depth of which every item is excluded, as row * nodes there are + node."""
        closed = []
        rows = np.repeat(np.arange(len(excluded)), [len(own) for own in excluded])
        items = torch.from_numpy(np.concatenate(excluded).astype(np.int64)).to(self.items.device)
        for level in range(self.levels):
            count = len(self.digits[level])
            below = torch.bincount(self.paths[level + 1], minlength=count)
            keys = torch.from_numpy(rows).to(items.device) * count + self.paths[level + 1][items]
            nodes, taken = torch.unique(keys, return_counts=True)
            closed.append(nodes[taken == below[nodes % count]])
        return closed

    def items_on(self, leaf: int) -> list[int]:
        """Items on the code of a leaf, smallest first."""
        return self._items[self._leaf_starts[leaf] : self._leaf_starts[leaf + 1]]

    def has_choice(self, level: int, events: Ints) -> npt.NDArray[np.bool_]:
        """[events] whether the digit of an event's item is one of several that can come."""
        chosen: npt.NDArray[np.bool_] = self._choices[level][events]
        return chosen

    def _has_choice(self, level: int) -> torch.Tensor:
        items = self.event_items
        if items is None:
            return torch.zeros(0, dtype=torch.bool)
        return self.children(level, self.paths[level, items])[1] > 1

    def _paths(self) -> torch.Tensor:
        paths = torch.zeros((self.levels + 1, len(self.codes)), dtype=torch.long, device=self.items.device)
        # Leaves first: which leaf each place of `items` lies on; then up, parent by parent.
        nodes = torch.arange(len(self.starts[-1]) - 1, device=self.items.device)
        node = torch.repeat_interleave(nodes, self.starts[-1].diff())
        paths[self.levels, self.items] = node
        for level in range(self.levels - 1, -1, -1):
            parents = torch.repeat_interleave(
                torch.arange(len(self.starts[level]) - 1, device=self.items.device), self.starts[level].diff()
            )
            node = parents[node]
            paths[level, self.items] = node
        return paths


def load_catalogue(job: Job, device: torch.device) -> Catalogue:
    return Catalogue(job.tensors("catalogue.safetensors"), device)
