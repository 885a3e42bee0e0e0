"""A worker of a Ray Data job: keeps a process of Node that has the run in memory, and gives it block after block."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from .errors import SentError, UserError, pack_error
from .shared_paths import check_shared


class EndedError(UserError):
    """The process of Node is gone."""

    def __init__(self, how: str, words: str) -> None:
        said = f": {words}" if words else ""
        super().__init__(
            "ray/worker-died",
            f"the process that decodes ended by {how}{said}",
            place=socket.gethostname(),
            remedy="Most likely the machine ran out of memory: take fewer --workers or a smaller --block."
            " The same command goes on behind the finished parts.",
        )


class NodeWorker:
    """Answers each block with its rows, or with an error: an exception would reach the other end in Ray's words."""

    def __init__(self, command: list[str], order: dict[str, Any]) -> None:
        self._command = command
        self._order = order
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, blocks: pa.Table) -> pa.Table:
        answers = [self._answer(block["number"], block["ids"]) for block in blocks.to_pylist()]
        columns = ("number", pa.int64()), *((name, pa.large_string()) for name in ("rows", "note", "error"))
        return pa.Table.from_pylist(answers, schema=pa.schema(columns))

    def _answer(self, number: int, ids: str) -> dict[str, Any]:
        answer = {"number": number, "rows": "", "note": "", "error": ""}
        try:
            try:
                rows = self._decode(number, ids)
            except EndedError as ended:
                answer["note"] = f"{ended.place}: {ended.message}; it is started again."
                rows = self._decode(number, ids)
            return answer | {"rows": rows}
        except Exception as error:
            return answer | {"error": json.dumps(pack_error(error))}

    def _decode(self, number: int, ids: str) -> str:
        if self._process is None:
            self._start()
        answer = self._ask(f'{{"number": {number}, "ids": {ids}}}')
        rows: str = answer["rows"]
        return rows

    def _start(self) -> None:
        program, *arguments = self._command
        own = program if Path(program).exists() else shutil.which("node")
        if own is None:
            raise UserError("ray/no-node", "has no Node", place=socket.gethostname(), remedy="Install Node 20 there.")
        check_shared(arguments)
        self._words = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(  # noqa: S603
            [own, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            encoding="utf-8",
        )
        self._ask(json.dumps(self._order))

    def _ask(self, line: str) -> dict[str, Any]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer.endswith("\n"):
            raise self._ended(process)
        value: dict[str, Any] = json.loads(answer)
        if value["type"] == "failed":
            raise SentError(value["error"])
        return value

    def _ended(self, process: subprocess.Popen[str]) -> EndedError:
        self._process = None
        code = process.wait()
        how = f"signal {-code}" if code < 0 else f"code {code}"
        self._words.seek(0)
        words = " ".join(self._words.read()[-2000:].split("\n")[-4:]).strip()
        return EndedError(how, words)
