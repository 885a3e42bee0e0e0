"""The ranks of a training: each a process of the PyTorch engine, kept by a worker of Ray Train."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

from .errors import UserError, pack_error
from .shared_paths import check_shared

#: How the engine's process ends: a mistake of the user's would only be made again, and who was told to stop is done.
_DONE, _MISTAKE, _STOPPED = 0, 1, 130


class Ends:
    """An actor that knows which rank ended first; those behind it only lost their peer."""

    def __init__(self) -> None:
        self._ends: list[dict[str, Any]] = []
        self._attempts = 0

    def begin(self) -> dict[str, Any] | None:
        """Of the attempt before this one: the end that came first."""
        self._attempts += 1
        last, self._ends = self.first(), []
        return last

    def have_begun(self) -> bool:
        return self._attempts > 0

    def add(self, end: dict[str, Any]) -> None:
        self._ends.append(end)

    def first(self) -> dict[str, Any] | None:
        return self._ends[0] if self._ends else None


def run_ranks(order: dict[str, Any], storage: str, ends: Any) -> dict[str, Any]:
    """Which rank ended first, and how; which one Ray lost; or what else kept Ray Train from its work."""
    import ray
    from ray.train import FailureConfig, RunConfig, ScalingConfig, TrainingFailedError, WorkerGroupError
    from ray.train.v2.api.data_parallel_trainer import DataParallelTrainer

    needs = {"CPU": order["cpus"]} | ({"GPU": 1} if order["gpu"] else {})
    trainer = DataParallelTrainer(
        train_rank,
        train_loop_config={"order": order, "ends": ends},
        scaling_config=ScalingConfig(num_workers=order["workers"], use_gpu=order["gpu"], resources_per_worker=needs),
        run_config=RunConfig(
            name="training", storage_path=storage, failure_config=FailureConfig(max_failures=order["restarts"])
        ),
    )
    lost, failure = None, None
    try:
        trainer.fit()
    except WorkerGroupError as error:
        for rank, cause in error.worker_failures.items():
            if isinstance(cause, ray.exceptions.RayActorError):
                lost = (rank, str(cause).splitlines()[0])
                break
        failure = str(error)
    except TrainingFailedError as error:
        failure = str(error)
    return {"end": ray.get(ends.first.remote()), "lost": lost, "failure": failure}


def train_rank(config: dict[str, Any]) -> None:
    """On each worker: the ranks meet at an address that the first of them chooses."""
    import ray
    from ray.train import get_context
    from ray.train.collective import broadcast_from_rank_zero

    order, ends = config["order"], config["ends"]
    rank = get_context().get_world_rank()
    meeting = None
    if rank == 0:
        last = ray.get(ends.begin.remote())
        meeting = {} if last is not None and _is_final(last) else _meeting_place()
        if last is not None and meeting:
            _note(order, f"{_told(last)}; Ray starts all ranks again from the saved state")
        elif last is not None:
            ray.get(ends.add.remote(last))
    meeting = broadcast_from_rank_zero(meeting)
    if not meeting:
        return
    try:
        code = _run(order, rank, meeting)
        end = {"rank": rank, "code": code}
    except UserError as error:
        end = {"rank": rank, "error": pack_error(error)}
    if end.get("code") in (_DONE, _STOPPED):
        return
    ray.get(ends.add.remote(end))
    raise RuntimeError(_told(end))


def _is_final(end: dict[str, Any]) -> bool:
    return "error" in end or end["code"] == _MISTAKE


def _told(end: dict[str, Any]) -> str:
    if "error" in end:
        return f"rank {end['rank']}: {end['error']['message']}"
    code = end["code"]
    return f"rank {end['rank']} ended with " + (f"signal {-code}" if code < 0 else f"code {code}")


def _meeting_place() -> dict[str, str]:
    import ray

    with socket.socket() as listener:
        listener.bind(("", 0))
        port = listener.getsockname()[1]
    return {"MASTER_ADDR": ray.util.get_node_ip_address(), "MASTER_PORT": str(port)}


def _run(order: dict[str, Any], rank: int, meeting: dict[str, str]) -> int:
    check_shared([order["command"][0], order["job"], order["result"]])
    own = {"RANK": str(rank), "WORLD_SIZE": str(order["workers"]), "LOCAL_RANK": "0"}
    # A worker sees the GPU that Ray gave it alone, and none where it got none.
    hidden = {} if order["gpu"] else {"CUDA_VISIBLE_DEVICES": ""}
    logs = Path(order["result"]) / "logs"
    logs.mkdir(exist_ok=True)
    with (logs / f"rank-{rank}.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            order["command"],
            # It closes when this worker ends, for any reason, and then the rank ends too.
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=os.environ | order["variables"] | own | meeting | hidden,
        )
        return process.wait()


def _note(order: dict[str, Any], text: str) -> None:
    """Among the messages of the first rank, which is not at work now."""
    with (Path(order["result"]) / "messages.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"type": "note", "text": text}) + "\n")
