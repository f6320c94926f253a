"""Comments as pages show them: escaped, with the mentions marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.objectives.domain.mentions import MENTION, mentioned
from apps.objectives.models import Comment


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment, ready to be written."""

    comment: Comment
    text: SafeString


def comment_rows(comments: Iterable[Comment]) -> list[CommentRow]:
    """Several, in their order."""
    return [CommentRow(comment, marked(comment)) for comment in comments]


def marked(comment: Comment) -> SafeString:
    """The text, everything escaped; the people who are told stand out, with their names to see."""
    names = {user.username: str(user) for user in comment.mentions.all()}
    pieces: list[tuple[SafeString | str]] = []
    end = 0
    for match in MENTION.finditer(comment.text):
        found = mentioned(match[0], names)
        if not found:
            continue
        last = match.start() + 1 + len(found[0])
        mark = format_html(
            '<span class="comment-mention" title="{}">{}</span>',
            names[found[0]],
            comment.text[match.start() : last],
        )
        pieces += [(comment.text[end : match.start()],), (mark,)]
        end = last
    pieces.append((comment.text[end:],))
    return format_html_join("", "{}", pieces)
