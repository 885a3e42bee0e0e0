"""`metrics.jsonl`, with the fields of the Node engine's."""

from __future__ import annotations

import json
from pathlib import Path

from .files import write_text

METRICS = "metrics.jsonl"


class MetricsLog:
    """A resume at update `step` drops what an interrupted run had written beyond it."""

    def __init__(self, folder: Path, step: int, *, writes: bool):
        self._path = folder / METRICS if writes else None
        if self._path:
            kept = [record for record in _records(self._path) if record["step"] <= step]
            write_text(self._path, "".join(json.dumps(record) + "\n" for record in kept))

    def append(self, record: dict[str, float]) -> None:
        if self._path:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")


def _records(path: Path) -> list[dict[str, float]]:
    """A kill may have cut off the last line: lines that do not parse are left out."""
    if not path.exists():
        return []
    records = []
    for line in path.read_text("utf-8").splitlines():
        try:
            records.append(json.loads(line))
        except ValueError:
            continue
    return records
