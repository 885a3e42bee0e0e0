"""Lists of items for many prompts, in batches and over all processes."""

from __future__ import annotations

import numpy as np

from .catalogue import Catalogue
from .decode import search
from .processes import Processes
from .rows import Ints
from .trained_model import TrainedModel

#: A code and what stands on it.
Recommendation = tuple[list[int], float]


def recommend(
    model: TrainedModel,
    catalogue: Catalogue,
    prompts: list[Ints],
    *,
    num_beams: int,
    max_tokens: int,
    processes: Processes,
    excluded: list[Ints] | None = None,
) -> list[list[Recommendation]]:
    """For each prompt the best codes, best first: the items on each, and its log probability.

    `excluded` has for each prompt the items, each once, that are left out of its search; a code that they share with
    other items brings these alone.
    """
    batches = batches_by_length([len(prompt) for prompt in prompts], max_tokens)
    found: list[list[list[Recommendation]]] = []
    for batch in processes.share(batches):
        # Weights that are shared out need every process at every step: one without work repeats some.
        own = batches[0] if batch is None else batch
        asked = [prompts[at] for at in own]
        lists = model(_search, catalogue, asked, num_beams, [excluded[at] for at in own] if excluded else None)
        if batch is not None:
            found.append(lists)
    ordered: list[list[Recommendation]] = [[] for _ in prompts]
    for batch, lists in zip(batches, processes.gathered(found), strict=True):
        for at, beams in zip(batch, lists, strict=True):
            ordered[at] = beams
    return ordered


def batches_by_length(lengths: list[int], max_tokens: int) -> list[list[int]]:
    """Numbers of prompts that go together: alike in length, at most so many tokens with the padding."""
    order = np.argsort(np.array(lengths), kind="stable").tolist()
    batches: list[list[int]] = []
    for at in order:
        if batches and (len(batches[-1]) + 1) * lengths[at] <= max_tokens:
            batches[-1].append(at)
        else:
            batches.append([at])
    return batches


def _search(
    model: TrainedModel,
    catalogue: Catalogue,
    prompts: list[Ints],
    num_beams: int,
    excluded: list[Ints] | None,
) -> list[list[Recommendation]]:
    training = model.training
    model.eval()
    beams = search(model, catalogue, prompts, num_beams, excluded)
    model.train(training)
    left_out = [set(own.tolist()) for own in excluded] if excluded else [set[int]()] * len(prompts)
    return [
        [
            ([item for item in catalogue.items_on(leaf) if item not in out], score)
            for leaf, score in zip(leaves, scores, strict=True)
            if score > float("-inf") or score != score
        ]
        for leaves, scores, out in zip(beams.leaves.tolist(), beams.scores.tolist(), left_out, strict=True)
    ]
