"""What came of a training, whose output is all in logs of its own: end_of_training.py RESULT

A line of figures; or else why it ended, and the last lines of the first rank's log.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eager_llm_peft.messages import MESSAGES
from eager_llm_peft.run import RESULT_FILE

_LINES = 20


def main() -> int:
    result = Path(sys.argv[1])
    failures = sorted((result / "logs").glob("failure-*.json"))
    if (result / RESULT_FILE).is_file() and not failures:
        figures = json.loads((result / RESULT_FILE).read_text("utf-8"))["figures"]
        print(", ".join(f"{name} {value}" for name, value in figures.items()))
        return 0
    for failure in failures:
        told = json.loads(failure.read_text("utf-8"))
        error = told["error"]
        words = [error.get("code"), error.get("place"), error["message"]]
        print(f"rank {told['rank']}: {': '.join(word for word in words if word)}")
        if error.get("remedy"):
            print(f"  → {error['remedy']}")
    for path, count in ((result / MESSAGES, 1), (result / "logs" / "rank-0.log", _LINES)):
        lines = path.read_text("utf-8", errors="replace").splitlines()[-count:] if path.is_file() else []
        print("\n".join([f"the end of {path}:", *lines]) if lines else f"{path} is empty")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
