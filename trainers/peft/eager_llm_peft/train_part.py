"""One part of the training: alignment, the annealing adapter, … Its result is a whole model in `model/`."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import torch

from .build_model import build_model
from .catalogue import load_catalogue
from .compiled_layers import compile_layers, uncompiled
from .errors import StoppedError, UserError
from .files import write_json
from .gradients import compute_gradients
from .job import Job, Stage
from .loss_settings import loss_settings
from .messages import Figures, Reporter
from .metrics_log import MetricsLog
from .optimiser import learning_rate_at
from .processes import Processes
from .result import save_part
from .rows import groups_of, micro_batches
from .state import Progress, load_best, load_state, remove_state, save_best, save_state
from .stop import StopRequest
from .updater import updater_for
from .validate import Validator
from .weights import StartingModel, whole_model

OUTCOME = "outcome.json"
_UPDATES_WITHOUT_FINITE_GRADIENT = 5


def train_part(
    job: Job,
    stage: Stage,
    start: StartingModel,
    folder: Path,
    *,
    processes: Processes,
    report: Reporter,
    stop: StopRequest,
    sharding: str,
) -> StartingModel:
    """Resumes from what is in `folder`; the result equals that of an uninterrupted training."""
    if not (folder / OUTCOME).exists():
        report.note(f"{stage.name}: {stage.tuning} tuning, {stage.epochs} epochs, PyTorch on {processes.device}")
        part = _Part(job, stage, start, folder, processes, report, stop, sharding)
        part.train()
        part.updater.close()
    if processes.is_first:
        # Outside, so that a kill after the result was written does not leave a state behind for ever.
        remove_state(folder)
    return whole_model(folder / "model", job.model.config)


class _Part:
    def __init__(
        self,
        job: Job,
        stage: Stage,
        start: StartingModel,
        folder: Path,
        processes: Processes,
        report: Reporter,
        stop: StopRequest,
        sharding: str,
    ):
        self.job, self.stage, self.start, self.folder = job, stage, start, folder
        self.processes, self.report, self.stop = processes, report, stop
        folder.mkdir(parents=True, exist_ok=True)
        device = processes.device
        catalogue = load_catalogue(job, device)
        self.settings = loss_settings(job, stage, device)
        self.model = build_model(job, stage, start, device)
        self.updater = updater_for(self.model, stage, processes, sharding)
        state = load_state(folder, self.updater)
        self.progress = state or Progress()
        self.resumed = state is not None
        self.log = MetricsLog(folder, state.step if state else -1, writes=processes.is_first)
        self.validator = Validator(job, stage, catalogue, self.settings, processes)
        if job.engine.torch_compile:
            compile_layers(self.model.family.layers(self.model.network))
        self.model.train()
        self.skipped = 0
        self.started = self.saved = time.monotonic()
        self.tokens_before = self.progress.tokens

    def train(self) -> None:
        progress, stage = self.progress, self.stage
        if not self.resumed and stage.tuning != "full":
            # An adapter starts equal to its base: if no epoch improves it, the base is kept.
            self._validate()
        while progress.epoch < len(stage.shards) and not progress.finished:
            self._train_epoch()
            progress.epoch += 1
            progress.batch = 0
            self._validate()
            progress.finished = 0 < stage.patience <= progress.since_best
            self._save()
        best = load_best(self.folder)
        if best is not None:
            self.updater.put_values(best)
        self.report.progress(stage.name, stage.updates, stage.updates)
        save_part(self.job, stage, self.start, self.updater.values(), self.folder, self.processes)
        if self.processes.is_first:
            write_json(self.folder / OUTCOME, self._outcome())
        self.processes.wait()

    def _train_epoch(self) -> None:
        stage, progress = self.stage, self.progress
        batches = micro_batches(self.job, stage.shards[progress.epoch], progress.batch)
        for group in groups_of(batches, stage.gradient_accumulation_steps):
            if progress.step >= stage.updates:
                return
            self._stop_if_asked()
            loss = compute_gradients(
                self.model,
                self.updater,
                group,
                job=self.job,
                stage=stage,
                step=progress.step,
                settings=self.settings,
                processes=self.processes,
            )
            rate = learning_rate_at(progress.step, stage)
            norm = self.updater.update(rate)
            self._check_norm(norm)
            progress.step += 1
            progress.batch += len(group)
            progress.loss = loss
            progress.tokens += sum(len(row.tokens) for rows in group for row in rows)
            self.log.append(
                {
                    "step": progress.step,
                    "epoch": progress.epoch,
                    "loss": loss,
                    "learning_rate": rate,
                    "gradient_norm": norm,
                }
            )
            figures: Figures = {"epoch": progress.epoch + 1, "loss": _short(loss), "tokens/s": self._speed()}
            self.report.progress(stage.name, progress.step, stage.updates, figures)
            if self.processes.agree(time.monotonic() - self.saved >= self.job.engine.checkpoint_seconds):
                self._save()

    def _validate(self) -> None:
        stage, progress = self.stage, self.progress
        last = progress.epoch == len(stage.shards)
        every = stage.validate_every_epochs
        if (every == 0 or progress.epoch % every != 0) and not last:
            return
        with uncompiled(self.job.engine.torch_compile):
            validation = self.validator.measure(self.model)
        if validation is None:
            return
        place: dict[str, float] = {"step": progress.step, "epoch": progress.epoch}
        self.log.append(place | validation.figures | validation.details)
        told = ", ".join(f"{name} {_short(value)}" for name, value in validation.figures.items())
        self.report.note(f"epoch {progress.epoch}: {told}")
        if progress.best is None or validation.score > progress.best:
            progress.best, progress.best_epoch, progress.since_best = validation.score, progress.epoch, 0
            save_best(self.folder, self.updater, self.processes)
        else:
            progress.since_best += 1

    def _stop_if_asked(self) -> None:
        if self.processes.agree(self.stop.asked):
            self._save()
            raise StoppedError

    def _save(self) -> None:
        save_state(self.folder, self.updater, self.progress, self.processes)
        self.saved = time.monotonic()

    def _check_norm(self, norm: float) -> None:
        self.skipped = 0 if torch.isfinite(torch.tensor(norm)) else self.skipped + 1
        if self.skipped == _UPDATES_WITHOUT_FINITE_GRADIENT:
            raise UserError(
                "training/diverged",
                f"gradients stopped being finite at update {self.progress.step}",
                remedy=f"Lower learning_rate (now {self.stage.learning_rate}), raise warmup_ratio,"
                " or set max_grad_norm: 1.",
            )

    def _speed(self) -> int:
        return round((self.progress.tokens - self.tokens_before) / max(0.001, time.monotonic() - self.started))

    def _outcome(self) -> dict[str, Any]:
        progress = self.progress
        return {
            "steps": progress.step,
            "tokens": progress.tokens,
            "bestEpoch": progress.best_epoch,
            "best": progress.best,
            "lastLoss": progress.loss,
            "tokensPerSecond": self._speed(),
        }


def read_outcome(folder: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((folder / OUTCOME).read_text("utf-8"))
    return value


def _short(value: float) -> float:
    return float(f"{value:.4g}")
