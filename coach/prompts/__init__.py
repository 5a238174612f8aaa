"""The prompts that ship, one Markdown file per kind of draft, and the loader that validates and hashes them."""
