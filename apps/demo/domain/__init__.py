"""Sample progress: what happened in a plan that nobody works on. Pure: no Django, no I/O."""
