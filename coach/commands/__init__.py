"""The commands of the terminal, one module a group; coach.cli joins them."""
