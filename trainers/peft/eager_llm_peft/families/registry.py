"""Families by `model_type`, as `config.json` has it. A new one is a file beside these, and a line here."""

from __future__ import annotations

from ..errors import UserError
from .family import Config, Family
from .llama import LLAMA, QWEN2, QWEN3, SMOLLM3
from .t5 import T5

FAMILIES: dict[str, Family] = {"llama": LLAMA, "qwen2": QWEN2, "qwen3": QWEN3, "smollm3": SMOLLM3, "t5": T5}


def family_of(config: Config, place: str | None = None) -> Family:
    """Throws a UserError for a model that is not supported here."""
    name = config.get("model_type")
    family = FAMILIES.get(str(name))
    if family is None:
        raise UserError(
            "model/unsupported-config",
            f"model_type is {name}, but the PyTorch engine supports {', '.join(FAMILIES)}",
            place=place,
            remedy="Use a model of one of these families.",
        )
    return family
