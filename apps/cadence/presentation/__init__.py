"""Facts as the templates show them."""
