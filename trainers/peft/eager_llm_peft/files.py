"""Files that survive a kill: temporary name, fsync, rename."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from .errors import UserError

Tensors = dict[str, torch.Tensor]


def write_atomic(path: Path, write: Callable[[Path], None]) -> None:
    """Leaves the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        write(temporary)
        temporary.chmod(0o666 & ~_umask())  # safetensors makes files that nobody else may read
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(
            "file/unwritable",
            f"cannot be written: {error.strerror or error}",
            place=str(path),
            remedy="Free disk space or fix the permissions, then run the same command again to resume.",
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_text(path: Path, text: str) -> None:
    write_atomic(path, lambda temporary: _write_bytes(temporary, text.encode()))


def write_json(path: Path, value: Any) -> None:
    write_text(path, json.dumps(value, indent=2) + "\n")


def save_tensors(path: Path, tensors: Mapping[str, torch.Tensor], metadata: dict[str, str] | None = None) -> None:
    whole = {name: tensor.detach().contiguous() for name, tensor in tensors.items()}
    write_atomic(path, lambda temporary: _save(temporary, whole, {"format": "pt", **(metadata or {})}))


def load_tensors(path: Path) -> Tensors:
    """All tensors of a file, on the CPU; a broken or absent one is a clear error."""
    return load_with_metadata(path)[0]


def load_with_metadata(path: Path) -> tuple[Tensors, dict[str, str]]:
    try:
        with safe_open(path, framework="pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}  # noqa: SIM118
    except FileNotFoundError as error:
        raise UserError("file/missing", "the file is missing", place=str(path), remedy=_COPY) from error
    except SafetensorError as error:
        raise UserError(
            "file/broken", f"is not a complete safetensors file: {error}", place=str(path), remedy=_COPY
        ) from error


def hash_file(path: Path) -> str:
    """SHA-256 as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_COPY = (
    "Copy the whole folder again; if this is the saved state of an interrupted training,"
    " delete the file to retrain that part from scratch."
)


def _save(path: Path, tensors: Tensors, metadata: dict[str, str]) -> None:
    try:
        save_file(tensors, path, metadata=metadata)
    except SafetensorError as error:  # what it says where the disk is full
        raise OSError(str(error)) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _sync_folder(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
