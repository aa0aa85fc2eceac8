"""A visa at a mission: which form of the category fits the trip, and whether an invitation is needed."""

from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.categories import Category, Entries, NeedsInvitation, Variant
from knowledge.trip import Trip

__all__ = ["Form", "fitting_form", "invitation_needed", "longest_stay", "on_contract", "petition_allowed"]

# C4: a petition replaces the invitation for one entry only; for several, rules_2026 names the employment contract.
_ON_CONTRACT = frozenset({("C4", Entries.MULTIPLE)})


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a category advised for a trip, with the warnings that come with it."""

    variant: Variant
    warnings: tuple[str, ...] = ()


def fitting_form(category: Category, trip: Trip, audience: str | None) -> Form | None:
    """The form whose stay covers the trip, preferring the wished number of entries; None when all are too short.

    Forms for a special audience (cosmonauts, AIFC staff) are not for everybody: one is advised only when it is the
    audience of the purpose, or, with a warning, when nothing else allows several entries.
    """
    open_forms = [form for form in category.variants if form.audience in (None, audience)]
    wished = _longest(open_forms, trip, trip.entries)
    if wished is not None:
        return Form(wished)
    if trip.entries is Entries.SINGLE:
        multiple = _longest(open_forms, trip, Entries.MULTIPLE)
        if multiple is None:
            return None
        too_short = any(form.entries is Entries.SINGLE for form in open_forms)
        return Form(multiple, ("needs_multiple_entry_variant",) if too_short else ())
    reserved = _longest(list(category.variants), trip, Entries.MULTIPLE)
    if reserved is not None:
        return Form(reserved, ("multiple_entry_for_some",))
    single = _longest(open_forms, trip, Entries.SINGLE)
    return Form(single, ("single_entry_only",)) if single is not None else None


def longest_stay(category: Category, audience: str | None) -> int:
    """The longest stay that the category gives everybody with this purpose."""
    return max((form.max_stay_days for form in category.variants if form.audience in (None, audience)), default=0)


def invitation_needed(kb: KnowledgeBase, category: Category, country: str, entries: Entries) -> bool:
    """Whether an invitation number is asked for; citizens of Annex 6 countries may petition for some visas."""
    if category.needs_invitation is NeedsInvitation.DEPENDS:
        return not petition_allowed(kb, category, country, entries)
    return category.needs_invitation is NeedsInvitation.YES


def petition_allowed(kb: KnowledgeBase, category: Category, country: str, entries: Entries) -> bool:
    """Whether the traveller's own petition replaces the invitation (Annex 6 of the order)."""
    return country in kb.petition_countries and (category.code, entries.value) in kb.petition_categories


def on_contract(category: Category, entries: Entries) -> bool:
    """Whether an employment contract, and neither invitation nor petition, is the ground of this form."""
    return (category.code, entries) in _ON_CONTRACT


def _longest(forms: list[Variant], trip: Trip, entries: Entries) -> Variant | None:
    fitting = [form for form in forms if form.entries is entries and form.max_stay_days >= trip.days]
    return max(fitting, key=lambda form: form.max_stay_days, default=None)
