"""Tests of the worker; jobs made by the orchestrator are tested in test/peft/ of the repository."""
