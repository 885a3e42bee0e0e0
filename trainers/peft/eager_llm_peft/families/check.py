"""What a family does not support, reported before any work."""

from __future__ import annotations

from ..errors import UserError
from ..job import Job
from .family import is_tied
from .registry import family_of


def check_family(job: Job) -> None:
    """Throws a UserError with everything that the model's family does not support; recipe checks find most of it."""
    family, engine = family_of(job.model.config), job.engine
    problems = []
    if engine.packing and not family.can_pack:
        problems.append("peft.packing: true is not for it; set it to false")
    if engine.attention == "flash_attention_2" and not family.can_flash:
        problems.append("peft.attention: flash_attention_2 is not for it; set it to sdpa")
    adapted = any(stage.tuning != "full" for stage in job.stages)
    if adapted and not is_tied(job.model.config) and not family.can_adapt_untied:
        problems.append("adapters are not trained beside a head of its own; set engine: node, or tuning: full")
    if problems:
        listed = "\n  ".join(problems)
        raise UserError(
            "peft/family",
            f"the model is a {family.title}:\n  {listed}",
            remedy="Change these settings of the recipe.",
        )
