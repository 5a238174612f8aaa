"""Find the passages that answer a question: split, embed, index, search."""
