"""What has to lie at the same place on every machine of a cluster."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path

from .errors import UserError


def check_shared(paths: Iterable[str]) -> None:
    """Throws a UserError for the first absolute path that this machine does not have."""
    missing = next((each for each in paths if Path(each).is_absolute() and not Path(each).exists()), None)
    if missing is not None:
        raise UserError(
            "ray/not-shared",
            f"does not have {missing}",
            place=socket.gethostname(),
            remedy="Runs, data, eager-llm and the Python of the PyTorch engine (launcher.python) have to lie in folders"
            " that all machines of the cluster share, under the same paths; start the command there.",
        )
