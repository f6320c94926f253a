"""The whole house in words."""
