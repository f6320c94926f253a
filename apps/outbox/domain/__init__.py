"""How long a message waits, and what it keeps until it is put into words. No Django, no clock."""
