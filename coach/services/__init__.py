"""What a person can do, one function each: checks access, does it in one transaction, keeps account."""
