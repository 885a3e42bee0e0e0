"""What each command does, and how errors leave the process."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from pathlib import Path

from .decode_command import decode
from .environment import describe_environment, device_for
from .errors import StoppedError, UserError, pack_error
from .files import save_tensors, write_json
from .first_update import first_update
from .job import Job, check_files, read_job
from .memory import is_out_of_memory, out_of_memory, peak_memory
from .messages import MESSAGES, Reporter
from .processes import join_processes, leave_processes
from .run import run_job
from .stop import STOP_FILE, StopRequest, end_with_parent

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
        if arguments.device:
            job = dataclasses.replace(job, engine=dataclasses.replace(job.engine, device=arguments.device))
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
    check_files(job)
    found, loss = first_update(job, arguments.part, arguments.base_model)
    save_tensors(Path(arguments.out), found, {"loss": repr(loss)})


def environment(_arguments: argparse.Namespace) -> None:
    sys.stdout.write(json.dumps(dataclasses.asdict(describe_environment())) + "\n")
