"""Work of eager-llm on a Ray cluster."""
