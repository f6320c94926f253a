"""Words and texts with units for what the selectors found; no queries."""
