"""What a loss is made of, as in orchestrator/training/objectives/: one objective a file."""
