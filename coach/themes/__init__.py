"""What may be said of many pairs without saying it of one: pure rules, no storage and no text."""
