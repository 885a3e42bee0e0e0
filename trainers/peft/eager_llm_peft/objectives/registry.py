"""What objectives train beside the model."""

from __future__ import annotations

from . import contrast

#: Objectives with tensors of their own, which a job names after them: `contrast.SOURCE.weight`.
WITH_TENSORS = (contrast.NAME,)


def is_beside(name: str) -> bool:
    return name.split(".")[0] in WITH_TENSORS
