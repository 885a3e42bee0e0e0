"""Mistakes of the user's, apart from bugs."""

from __future__ import annotations

import traceback
from typing import Any


class UserError(Exception):
    """Bad input, or a cluster that lacks something: shown without a stack, with what to do."""

    def __init__(self, code: str, message: str, *, place: str | None = None, remedy: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.remedy = remedy


class SentError(Exception):
    """The error of another process, to be passed on as it came."""

    def __init__(self, packed: dict[str, Any]) -> None:
        super().__init__(packed["message"])
        self.packed = packed


def pack_error(error: BaseException) -> dict[str, Any]:
    """The same as `SentError` in the orchestrator's protocol."""
    if isinstance(error, SentError):
        return error.packed
    if isinstance(error, UserError):
        return {
            "kind": "user",
            "code": error.code,
            "message": error.message,
            "place": error.place,
            "remedy": error.remedy,
        }
    stack = "".join(traceback.format_exception(error))
    return {"kind": "bug", "message": f"{type(error).__name__}: {error}", "stack": stack}
