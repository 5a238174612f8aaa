"""Rules about text that all parts share: pure functions, no model."""
