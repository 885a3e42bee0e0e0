"""Families of models: all that is specific to one is in its file here."""
