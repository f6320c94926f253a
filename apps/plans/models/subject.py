"""What can be commented on, asked about, escalated or attached to has one row, whatever it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.plans.models.plan import Plan


class Subject(models.Model):
    """Stands for one thing of a plan, so that what is about it needs one real foreign key.

    The thing points here, not the other way round: ``kind`` is the name of its way back
    (``subject.key_result``), and the register of its apps (``kinds.py``) says the rest.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="subjects")
    kind = models.CharField(_("kind"), max_length=20)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
