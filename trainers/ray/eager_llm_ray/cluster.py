"""A cluster for one piece of work: one that is there, or one of this machine alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import UserError
from .reachable import check_reachable

#: A cluster on this machine that begins and ends with the work.
LOCAL = "local"


@dataclass(frozen=True)
class Share:
    """Workers, and the processor cores of each."""

    workers: int
    cpus: int
    nodes: int


@contextlib.contextmanager
def cluster(address: str, workers: int | None) -> Iterator[None]:
    """Ray reads its variables when it is imported: nothing may import it before."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    with contextlib.ExitStack() as stack:
        if address == LOCAL:
            _begin_local(stack, workers)
        else:
            _join(address)
        import ray

        stack.callback(ray.shutdown)
        yield


def _begin_local(stack: contextlib.ExitStack, workers: int | None) -> None:
    # Keeps to the loopback address, and lets in nobody else of this machine.
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    os.environ["RAY_AUTH_MODE"] = "token"
    os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    # Its sockets need a short path.
    root = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108
    folder = tempfile.TemporaryDirectory(prefix="eager-llm-ray-", dir=root, ignore_cleanup_errors=True)
    stack.enter_context(folder)
    import ray

    cores = os.cpu_count() or 1
    ray.init(
        address=LOCAL,
        num_cpus=max(cores, workers or 1),
        include_dashboard=False,
        log_to_driver=False,
        _temp_dir=folder.name,
    )


def _join(address: str) -> None:
    import ray

    try:
        check_reachable(address)
        # Its machines do not have this package: it travels along.
        ray.init(address=address, runtime_env={"py_modules": [str(Path(__file__).parent)]}, log_to_driver=False)
    except Exception as error:
        lines = [line.strip() for line in str(error).strip().split("\n")]
        words = " … ".join(dict.fromkeys([lines[0], lines[-1]]))
        raise UserError(
            "ray/no-cluster",
            f"there is no cluster that can be joined: {words}",
            place=address,
            remedy="Start one (ray start --head), name its address, or leave the address out"
            " for a cluster of this machine alone. Its Python and Ray have to be of the same version as here.",
        ) from error


def share_out(wanted: int | None) -> Share:
    """One worker for each machine that is there, or as many as wanted; each has the same number of cores."""
    import ray

    cores = sorted(int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"])
    cores = [count for count in cores if count > 0]
    workers = wanted or len(cores)
    fitting = [each for each in range(1, max(cores, default=0) + 1) if sum(n // each for n in cores) >= workers]
    if not fitting or not workers:
        raise UserError(
            "ray/too-small",
            f"{workers} workers need a processor core each; the cluster has {sum(cores)}",
            remedy="Take fewer with --workers, or add machines.",
        )
    return Share(workers, fitting[-1], len(cores))
