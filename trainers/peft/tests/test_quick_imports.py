"""What a start leaves out."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eager_llm_peft.quick_imports import quick_imports

JOBS: dict[str, tuple[Any, bool]] = {
    "no weights in few bits": ({"stages": [{"tuning": "full"}, {"tuning": "lora"}]}, False),
    "a part with weights in few bits": ({"stages": [{"tuning": "full"}, {"quantization_bit": 4}]}, True),
    "a job that is broken": ([], True),
}


@pytest.mark.parametrize("name", JOBS, ids=lambda name: name.replace(" ", "-"))
def test_bitsandbytes_is_imported_only_where_a_part_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    job, needed = JOBS[name]
    (tmp_path / "job.json").write_text(json.dumps(job))
    monkeypatch.setitem(sys.modules, "bitsandbytes", json)
    with quick_imports(str(tmp_path)):
        assert not gc.isenabled()
    assert (sys.modules["bitsandbytes"] is json) == needed
    assert gc.isenabled()
