"""The languages that okrtrack speaks; settings, plan files and commands take them from here."""

from enum import StrEnum


class Language(StrEnum):
    """A language of pages, mails and texts, by its code."""

    EN = "en"
    ZH_HANS = "zh-hans"
