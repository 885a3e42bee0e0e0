"""The real worker in processes of its own, which all come from one that has imported torch already."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["eager_llm_peft.commands"])


def worker(
    job: Path, result: Path, *more: str, processes: int = 1, killed_when: Callable[[], bool] | None = None
) -> list[int | None]:
    """The exit status of each, where they find each other as a launcher's do; all are killed once `killed_when`."""
    command = ["eager_llm_peft", "train", "--job", str(job), "--result", str(result), *more]
    started = _start(_work, command, processes=processes)
    while killed_when and any(process.is_alive() for process in started):
        if killed_when():
            for process in started:
                process.kill()
        time.sleep(0.01)
    return _end(started)


def ranks(function: Callable[..., None], *arguments: object, processes: int) -> list[int | None]:
    """The exit status of each process that calls a function of a test."""
    return _end(_start(function, *arguments, processes=processes))


def _start(function: Callable[..., None], *arguments: object, processes: int) -> list[ForkServerProcess]:
    meeting = {"WORLD_SIZE": str(processes), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(_free_port())}
    started = []
    for rank in range(processes):
        own = {"RANK": str(rank), "LOCAL_RANK": str(rank)}
        started.append(_SERVER.Process(target=_as_rank, args=(meeting | own, function, arguments)))
        started[-1].start()
    return started


def _end(started: list[ForkServerProcess]) -> list[int | None]:
    for process in started:
        process.join()
    return [process.exitcode for process in started]


def _as_rank(environment: dict[str, str], function: Callable[..., None], arguments: tuple[object, ...]) -> None:
    os.environ.update(environment)
    function(*arguments)


def _work(command: list[str]) -> None:
    from eager_llm_peft.__main__ import main

    sys.argv[:] = command
    sys.exit(main())


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
