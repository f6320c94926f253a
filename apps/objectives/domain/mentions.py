"""Who is mentioned in a comment: an @ and the person's user name. No Django."""

import re
from collections.abc import Iterable

# an address such as name@example.org mentions nobody
MENTION = re.compile(r"(?<![\w.@+-])[@＠]([\w.+-]+)")


def mentioned(text: str, usernames: Iterable[str]) -> list[str]:
    """The user names that the text mentions, each once, in the order of the text.

    Case does not count. A full stop or hyphen at the end belongs to the sentence.
    """
    known = {name.casefold(): name for name in usernames}
    found: dict[str, None] = {}
    for match in MENTION.finditer(text):
        word = match[1].casefold()
        while word and word not in known and word[-1] in ".-+_":
            word = word[:-1]
        if word in known:
            found[known[word]] = None
    return list(found)
