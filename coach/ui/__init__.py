"""The pages; they hold no rules, no SQL and no prompts."""
