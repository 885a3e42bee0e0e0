"""A training by the PyTorch engine, whose ranks are workers of Ray Train."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from pathlib import Path
from typing import Any

from .cluster import cluster
from .errors import SentError, UserError
from .messages import Messages

#: In the folder of the result; every rank is asked to save and end by it.
STOP_FILE = "stop-requested"

_SECONDS_TO_END = 10

_GOES_ON = "The same command goes on from the saved state."


def train(order_file: Path, messages: Messages) -> None:
    """Returns when all ranks have ended; the first of them that failed is told of. Throws a UserError for all else."""
    order: dict[str, Any] = json.loads(order_file.read_text("utf-8"))
    actors: list[Any] = []
    _watch_stop_file(Path(order["result"]), actors)
    with cluster(order["address"], order["workers"] * order["cpus"]):
        import ray

        machines = _check_room(order)
        messages.send({"type": "note", "text": _shown(order, machines)})
        # Ray Train keeps nothing here: the ranks have their own checkpoints.
        storage = order_file.parent / "ray"
        shutil.rmtree(storage, ignore_errors=True)
        from .ranks import Ends, run_ranks

        ends = ray.remote(num_cpus=0)(Ends).remote()
        actors.append(ends)
        # Not here: Ray Train has to be driven from within the cluster, and takes Ctrl-C for itself.
        outcome = ray.get(ray.remote(num_cpus=0, max_retries=0)(run_ranks).remote(order, str(storage), ends))
        _tell(outcome, messages)


def _check_room(order: dict[str, Any]) -> int:
    import ray

    machines = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    wanted = {"CPU": order["cpus"]} | ({"GPU": 1} if order["gpu"] else {})
    fitting = sum(min(int(machine.get(name, 0) // each) for name, each in wanted.items()) for machine in machines)
    if fitting < order["workers"]:
        total = " and ".join(f"{int(sum(each.get(name, 0) for each in machines))} {name}" for name in wanted)
        raise UserError(
            "ray/too-small",
            f"{order['workers']} workers need {_needs(order)} each; the cluster has {total}, room for {fitting}",
            place=order["address"],
            remedy="Lower launcher.workers or launcher.cpus_per_worker, set launcher.use_gpu to false,"
            " or add machines.",
        )
    return len(machines)


def _needs(order: dict[str, Any]) -> str:
    cores = "a processor core" if order["cpus"] == 1 else f"{order['cpus']} processor cores"
    return f"{cores} and a GPU" if order["gpu"] else cores


def _shown(order: dict[str, Any], machines: int) -> str:
    workers = "1 worker" if order["workers"] == 1 else f"{order['workers']} workers"
    where = "1 machine" if machines == 1 else f"{machines} machines"
    return f"Ray: {workers} of {_needs(order)} each, on a cluster of {where}"


def _watch_stop_file(result: Path, actors: list[Any]) -> None:
    """This process ends where no rank has begun to look for the file: Ray starts, or there is no room for them yet."""

    def watch() -> None:
        while not (result / STOP_FILE).exists():
            time.sleep(0.5)
        import ray

        if actors and ray.get(actors[0].have_begun.remote()):
            return
        os.kill(os.getpid(), signal.SIGINT)
        # Ray may be waiting where nothing interrupts it; a local cluster ends with this process in any case.
        time.sleep(_SECONDS_TO_END)
        os._exit(130)

    threading.Thread(target=watch, daemon=True).start()


def _tell(outcome: dict[str, Any], messages: Messages) -> None:
    if outcome["lost"] is not None:
        rank, words = outcome["lost"]
        raise UserError(
            "ray/rank-lost",
            f"Ray lost the worker of rank {rank}: {words}",
            remedy="Most likely its machine went away or ran out of memory: lower micro_batch_tokens or"
            f" launcher.workers, or let Ray start it again (launcher.restarts). {_GOES_ON}",
        )
    end = outcome["end"]
    if end is not None and "error" in end:
        raise SentError(end["error"])
    if end is not None:
        messages.send({"type": "ended", "rank": end["rank"], "exitCode": end["code"]})
    elif outcome["failure"] is not None:
        raise UserError("ray/training", f"Ray Train ended: {outcome['failure']}", remedy=_GOES_ON)
