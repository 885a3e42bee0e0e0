"""Trains and decodes eager-llm's models with PyTorch, transformers and PEFT. See docs/10-pytorch.md."""
