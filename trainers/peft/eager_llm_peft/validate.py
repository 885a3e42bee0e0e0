"""What is measured after an epoch: the ranks of validation targets, and the loss of each task on held-out rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import torch

from .catalogue import Catalogue
from .errors import UserError
from .job import Job, Stage
from .loss import LossSettings, pass_loss
from .metrics import CUTOFF, LEADING, SELECTION
from .objectives.objective import loss_weight
from .processes import Processes
from .random_stream import RandomStream
from .recommend import Recommendation, recommend
from .rows import Row, cut_rows, passes_of, rows_of
from .trained_model import TrainedModel


@dataclass(frozen=True)
class Validation:
    #: Decides which weights are best.
    score: float
    #: Reported and logged.
    figures: dict[str, float]
    #: Only logged.
    details: dict[str, float]


class Validator:
    """Holds the cases of a job."""

    def __init__(self, job: Job, stage: Stage, catalogue: Catalogue, settings: LossSettings, processes: Processes):
        self._job, self._stage, self._catalogue, self._processes = job, stage, catalogue, processes
        tensors = job.tensors("validation.safetensors")
        self._prompts = cut_rows(tensors, "prompts", "prompt_offsets")
        #: Where people of the log do not take items again, what each search leaves out.
        self._excluded = cut_rows(tensors, "excluded", "excluded_offsets") if "excluded" in tensors else None
        self._targets: list[int] = tensors["targets"].tolist()
        # Of every task that any part trains, so that it shows what a part costs the others.
        tasks = dict.fromkeys(name.split("/")[0] for name in tensors if "/" in name)
        self._held_out = {task: rows_of(tensors, f"{task}/") for task in tasks}
        # Digits are learned as in training, but from the true digit alone; contrast is no part of it.
        self._settings = settings.held_out()

    def measure(self, model: TrainedModel) -> Validation | None:
        """None where a job has no cases: then the last weights are the best."""
        if not self._targets:
            return None
        lists = recommend(
            model,
            self._catalogue,
            self._prompts,
            num_beams=self._job.num_beams,
            max_tokens=self._stage.micro_batch_tokens,
            processes=self._processes,
            excluded=self._excluded,
        )
        ranks = [rank_of(target, own) for target, own in zip(self._targets, lists, strict=True)]
        counted = sorted(Counter(ranks).items())
        figures = {
            metric.figure: sum(metric.worth(rank, count) for rank, count in counted if 0 < rank <= CUTOFF) / len(ranks)
            for metric in (LEADING, SELECTION)
        }
        return Validation(
            figures[SELECTION.figure],
            {f"validation/{name}": value for name, value in figures.items()},
            {f"validation/loss/{task}": loss for task, loss in self._losses(model).items()},
        )

    def _losses(self, model: TrainedModel) -> dict[str, float]:
        losses = {}
        for task, rows in self._held_out.items():
            if loss_weight(rows) == 0:
                continue
            by_length = sorted(rows, key=lambda row: len(row.tokens))
            passes = passes_of(
                by_length, model.family.lengths, self._stage.micro_batch_tokens, packing=self._settings.packing
            )
            totals = self._settings.totals(rows)
            loss = 0.0
            for own in self._processes.share(passes):
                value = model(_held_out_loss, passes[0] if own is None else own, totals, self._settings)
                loss += 0.0 if own is None else float(value)
            losses[task] = self._processes.total(loss)
        return losses


def rank_of(target: int, beams: list[Recommendation]) -> int:
    """The rank of an item in the list of items made from a list of codes; 0 if it is not in it."""
    place = 0
    for items, score in beams:
        if score != score:
            raise UserError(
                "evaluation/not-a-number",
                "the score of a beam is not a number",
                remedy="The training has diverged: lower the learning rate, or start again from an earlier checkpoint.",
            )
        for item in items:
            place += 1
            if item == target:
                return place
    return 0


@torch.no_grad()
def _held_out_loss(model: TrainedModel, rows: list[Row], totals: list[float], settings: LossSettings) -> torch.Tensor:
    training = model.training
    model.eval()
    loss = pass_loss(model, rows, totals, lambda name: RandomStream(0, name), settings)
    model.train(training)
    return loss
