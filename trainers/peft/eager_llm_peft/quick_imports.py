"""A quick start: to import torch, transformers and PEFT takes longer than many a training."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def quick_imports(job: str | None) -> Iterator[None]:
    """No search for garbage, as there is none yet; and no bitsandbytes, unless a part of `job` needs it.

    PEFT imports bitsandbytes wherever it is installed, and that imports all of torch's compiler.
    """
    if not _needs_bitsandbytes(job):
        sys.modules["bitsandbytes"] = None  # type: ignore[assignment]
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _needs_bitsandbytes(job: str | None) -> bool:
    if job is None:
        return False
    try:
        stages = json.loads((Path(job) / "job.json").read_text("utf-8"))["stages"]
        return any(stage.get("quantization_bit", 0) for stage in stages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # What is wrong with the job is said when it is read.
        return True
