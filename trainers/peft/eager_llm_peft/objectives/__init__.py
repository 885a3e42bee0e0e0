"""The parts of a loss, as in orchestrator/training/objectives/: one objective per file."""
