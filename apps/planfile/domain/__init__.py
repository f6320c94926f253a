"""The plan file: YAML in, frozen dataclasses or a list of problems out. Pure: no Django, no I/O."""
