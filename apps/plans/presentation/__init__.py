"""Words for what the selectors found: sentences in the reader's language, no queries."""
