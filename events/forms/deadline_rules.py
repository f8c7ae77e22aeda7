"""Rules of a body that contradict each other, said beside the rule that has to change."""

from __future__ import annotations

from django.forms import BaseFormSet, ModelForm
from django.utils.translation import gettext as _

from events.domain.deadlines import never_open, same_again


def refuse_contradictions(formset: BaseFormSet) -> bool:
    """True where each rule can be kept and no two say the same. Errors go to the forms of the rules."""
    kept = [form for form in formset.forms if _is_kept(form)]
    fine = True
    for form in kept:
        if not form.errors and (words := never_open(form.instance)):
            form.add_error("opens_amount", words)
            fine = False
    for first, again in same_again([form.instance for form in kept]):
        words = _(
            "There is a rule for “%(name)s” already. Give this one other words of the body, or delete one of "
            "the two."
        )
        form = next(form for form in kept if form.instance is again)
        form.add_error("what", words % {"name": first.name})
        fine = False
    return fine


def _is_kept(form: ModelForm) -> bool:
    data = getattr(form, "cleaned_data", {})
    return bool(data.get("what")) and not data.get("DELETE")
