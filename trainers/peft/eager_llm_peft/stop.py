"""Being asked to stop: the update in progress is finished, the state saved, and the process ends."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from types import FrameType


class StopRequest:
    """Listens to SIGTERM and SIGINT: Ctrl-C, a launcher that gives up, a cluster that takes its machine back."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def end_with_parent() -> None:
    """Ends this process when its standard input closes: whoever started it is gone, and nobody would hear it."""

    def watch() -> None:
        with contextlib.suppress(OSError, ValueError):
            while os.read(0, 1024):
                pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
