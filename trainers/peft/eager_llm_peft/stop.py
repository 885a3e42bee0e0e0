"""Being asked to stop: the update in progress is finished, the state saved, and the process ends."""

from __future__ import annotations

import signal
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
