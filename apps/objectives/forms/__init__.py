"""Shape and clean input about objectives and key results."""
