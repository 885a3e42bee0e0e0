"""What each command does, and how errors leave the process."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import Any

import torch

from .build_model import build_model, trainables
from .decode_command import decode
from .environment import describe_environment, device_for
from .errors import StoppedError, UserError, pack_error
from .files import save_tensors, write_json
from .gradients import compute_gradients
from .job import Job, check_files, read_job
from .loss_settings import loss_settings
from .memory import is_out_of_memory, out_of_memory, peak_memory
from .messages import MESSAGES, Reporter
from .processes import Processes, join_processes, leave_processes
from .rows import groups_of, micro_batches
from .run import run_job
from .stop import STOP_FILE, StopRequest, end_with_parent
from .weights import first_model

OK, MISTAKE, BUG, STOPPED = 0, 1, 70, 130


def run_command(arguments: argparse.Namespace) -> int:
    if arguments.command == "train":
        return train(arguments)
    try:
        {"decode": decode, "gradients": gradients, "environment": environment}[arguments.command](arguments)
    except UserError as error:
        place = f"{error.place}: " if error.place else ""
        remedy = f"\n  → {error.remedy}" if error.remedy else ""
        sys.stderr.write(f"error {error.code}\n{place}{error.message}{remedy}\n")
        return MISTAKE
    return OK


def train(arguments: argparse.Namespace) -> int:
    """Ends with a message: finished, stopped or failed; a failed rank leaves its error in a file of its own."""
    result, rank = Path(arguments.result), int(os.environ.get("RANK", "0"))
    report = Reporter(result / MESSAGES if rank == 0 else None)
    failure = result / "logs" / f"failure-{rank}.json"
    failure.unlink(missing_ok=True)
    stop = StopRequest(result / STOP_FILE if rank == 0 else None)
    stop.listen()
    if arguments.end_with_parent:
        end_with_parent()
    job: Job | None = None
    try:
        job = read_job(Path(arguments.job))
        if rank == 0:
            check_files(job)
        processes = join_processes(device_for(job.engine))
        report.send({"type": "ready"})
        base = arguments.base_model
        sharding = arguments.sharding
        figures = run_job(job, result, base=base, processes=processes, report=report, stop=stop, sharding=sharding)
        report.send({"type": "finished", "figures": figures, "peak_memory_bytes": peak_memory(processes.device)})
        leave_processes()
        return OK
    except StoppedError:
        report.send({"type": "stopped"})
        leave_processes()
        return STOPPED
    except Exception as error:
        told = out_of_memory(error, job.stages, job.engine) if job and is_out_of_memory(error) else error
        packed = pack_error(told)
        sys.stderr.write(f"{packed.get('stack', packed['message'])}\n")
        write_json(failure, {"rank": rank, "error": packed})
        return MISTAKE if isinstance(told, UserError) else BUG


def gradients(arguments: argparse.Namespace) -> None:
    job = read_job(Path(arguments.job))
    stage = job.stages[arguments.part]
    processes = _alone(job)
    model = build_model(job, stage, first_model(job, arguments.base_model), processes.device)
    parameters = trainables(model)
    batches = micro_batches(job, stage.shards[0], 0)
    loss = compute_gradients(
        model.train(),
        parameters,
        next(groups_of(batches, stage.gradient_accumulation_steps)),
        job=job,
        stage=stage,
        step=0,
        settings=loss_settings(job, stage, processes.device),
        processes=processes,
        sharded=False,
    )
    found: dict[str, Any] = {
        name: torch.zeros_like(value) if value.grad is None else value.grad for name, value in parameters.items()
    }
    save_tensors(Path(arguments.out), found, {"loss": repr(loss)})


def environment(_arguments: argparse.Namespace) -> None:
    sys.stdout.write(json.dumps(dataclasses.asdict(describe_environment())) + "\n")


def _alone(job: Job) -> Processes:
    check_files(job)
    return Processes(0, 1, torch.device(device_for(job.engine)))
