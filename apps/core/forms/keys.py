"""The sentence for what cannot be a key."""

from django.utils.translation import gettext_lazy as _

KEY_SENTENCE = _(
    "“%(value)s” is not a key. Use letters, digits, hyphen and underscore, at most 60, beginning "
    "with a letter or digit; “new” is reserved."
)
