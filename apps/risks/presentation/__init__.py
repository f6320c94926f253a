"""Risks in words and marks."""
