"""The process that started this one."""

from __future__ import annotations

import _thread
import contextlib
import os
import threading
import time

_SECONDS_TO_END = 10


def end_with_parent() -> None:
    """Interrupts the work when standard input closes: then the parent is gone, or wants no more."""

    def watch() -> None:
        with contextlib.suppress(OSError, ValueError):
            while os.read(0, 1024):
                pass
        _thread.interrupt_main()
        # Ray may be waiting where nothing interrupts it; a local cluster ends with this process in any case.
        time.sleep(_SECONDS_TO_END)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
