"""Compose an answer to a question from passages, or take in the one that a model words; pure."""
