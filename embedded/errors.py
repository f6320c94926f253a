"""The one exception of the embedded parts."""


class EmbeddedError(Exception):
    """Something a person has to mend; the message is one sentence that says what to do."""
