"""Messages of the worker, as lines of JSON in a file that the orchestrator follows.

The messages are those of orchestrator/process/protocol.ts. A file works alike for one process, for torchrun and for a
batch job of a cluster, and what libraries print cannot get between its lines.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

MESSAGES = "messages.jsonl"

Figures = dict[str, float | int | str]


class Reporter:
    """Appends messages; a reporter without a file says nothing (all ranks but the first)."""

    def __init__(self, path: Path | None):
        self._path = path
        self._last = float("-inf")
        self._label = ""

    def progress(self, label: str, done: int, total: int, figures: Figures | None = None) -> None:
        """At most ten a second, and always the last of a label."""
        now = time.monotonic()
        if now - self._last < 0.1 and label == self._label and done < total:
            return
        self._last, self._label = now, label
        message: dict[str, Any] = {"type": "progress", "label": label, "done": done, "total": total}
        self.send(message | ({"figures": _storable(figures)} if figures else {}))

    def note(self, text: str) -> None:
        self.send({"type": "note", "text": text})

    def warning(self, text: str) -> None:
        self.send({"type": "warning", "text": text})

    def figures(self, figures: Figures) -> None:
        self.send({"type": "figures", "figures": _storable(figures)})

    def send(self, message: dict[str, Any]) -> None:
        if self._path is None:
            return
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(message) + "\n")


def _storable(figures: Figures) -> Figures:
    """JSON has no NaN and no infinity: they are kept as words."""
    return {
        name: value if not isinstance(value, float) or abs(value) < float("inf") else str(value)
        for name, value in figures.items()
    }
