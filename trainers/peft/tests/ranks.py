"""The real worker in processes of its own, which all come from one that has imported torch already."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
from pathlib import Path

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["eager_llm_peft.commands"])


def worker(job: Path, result: Path, *more: str, processes: int = 1) -> list[int | None]:
    """The exit status of each, where they find each other as a launcher's do."""
    command = ["eager_llm_peft", "train", "--job", str(job), "--result", str(result), *more]
    meeting = {"WORLD_SIZE": str(processes), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(_free_port())}
    started = []
    for rank in range(processes):
        own = {"RANK": str(rank), "LOCAL_RANK": str(rank)}
        started.append(_SERVER.Process(target=_work, args=(command, meeting | own)))
        started[-1].start()
    for process in started:
        process.join()
    return [process.exitcode for process in started]


def _work(command: list[str], environment: dict[str, str]) -> None:
    from eager_llm_peft.__main__ import main

    os.environ.update(environment)
    sys.argv[:] = command
    sys.exit(main())


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
