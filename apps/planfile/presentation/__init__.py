"""A plan file in words: what is wrong with it, and what a new version changes."""
