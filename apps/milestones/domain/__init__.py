"""The work breakdown, without a database."""
