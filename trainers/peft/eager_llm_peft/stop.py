"""Being asked to stop: the update in progress is finished, the state saved, and the process ends."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from types import FrameType

#: In the result folder.
STOP_FILE = "stop-requested"


class StopRequest:
    """SIGTERM or SIGINT (Ctrl-C, a cluster that takes its machine back), or the orchestrator's file."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._signalled = False

    @property
    def asked(self) -> bool:
        return self._signalled or (self._file is not None and self._file.exists())

    def listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._signalled = True


def end_with_parent() -> None:
    """Ends this process when its standard input closes: then the process that started it is gone."""

    def watch() -> None:
        with contextlib.suppress(OSError, ValueError):
            while os.read(0, 1024):
                pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
