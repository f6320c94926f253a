"""Messages about levels, in words."""
