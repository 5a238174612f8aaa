"""The agenda by the builtin engine: choose, time, ask, cite, write."""
