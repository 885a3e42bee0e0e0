"""The whole of a job, part after part, into a result folder."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Any

from .check_sharding import check_sharding
from .disk import check_disk
from .environment import describe_environment
from .families.check import check_family
from .files import hash_file, write_json
from .job import JOB_FILE, Job
from .memory import peak_memory
from .messages import Figures, Reporter
from .metrics import CUTOFF, SELECTION
from .processes import Processes
from .stop import StopRequest
from .train_part import read_outcome, train_part
from .weights import first_model

RESULT_FILE = "result.json"


def run_job(
    job: Job,
    result: Path,
    *,
    base: str | None,
    processes: Processes,
    report: Reporter,
    stop: StopRequest,
    sharding: str,
) -> Figures:
    """Trains every part; `result.json` comes last, so that its presence means done."""
    check_family(job)
    check_sharding(sharding, job, processes)
    if processes.is_first:
        check_disk(job, result)
    model = first_model(job, base)
    figures: Figures = {}
    for stage in job.stages:
        folder = result / stage.folder
        model = train_part(
            job,
            stage,
            model,
            folder,
            processes=processes,
            report=report,
            stop=stop,
            sharding=sharding,
        )
        figures |= _figures(stage.name, read_outcome(folder))
    if processes.is_first:
        shutil.copyfile(job.folder / JOB_FILE, result / JOB_FILE)
        peak = peak_memory(processes.device)
        write_json(
            result / RESULT_FILE,
            {
                "schema_version": 1,
                "job_sha256": job.sha256,
                "files": _hashes(job, result),
                "figures": figures,
                "peak_memory_bytes": peak,
                "environment": dataclasses.asdict(describe_environment()),
            },
        )
    processes.wait()
    return figures


def _hashes(job: Job, result: Path) -> dict[str, str]:
    """Hashes of the weights of every part, so that a damaged copy is detected."""
    return {
        path.relative_to(result).as_posix(): hash_file(path)
        for stage in job.stages
        for kind in ("model", "adapter")
        for path in sorted((result / stage.folder / kind).glob("*.safetensors"))
    }


def _figures(name: str, outcome: dict[str, Any]) -> Figures:
    figures: Figures = {}
    if outcome["lastLoss"] is not None:
        figures[f"{name} loss"] = float(f"{outcome['lastLoss']:.4g}")
    figures[f"{name} tokens/s"] = outcome["tokensPerSecond"]
    if outcome["best"] is not None:
        figures[f"{name} best validation {SELECTION.title}@{CUTOFF}"] = float(f"{outcome['best']:.4g}")
        figures[f"{name} best epoch"] = outcome["bestEpoch"]
    return figures
