"""Messages to the process that started this one, as lines of JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


class Messages:
    """Takes standard output for itself: what Ray prints goes to standard error, and cannot get between the lines."""

    def __init__(self) -> None:
        sys.stdout.flush()
        self._file = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)

    def send(self, message: dict[str, Any]) -> None:
        self._file.write(json.dumps(message, ensure_ascii=False) + "\n")
        self._file.flush()
