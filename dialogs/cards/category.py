"""What a visa category gives and asks for, line by line: stays, terms, interview, extension, family."""

from collections.abc import Iterator
from datetime import date

from dialogs.cited import cited
from dialogs.formats import Voice
from dialogs.says import Line
from knowledge.base import KnowledgeBase
from knowledge.categories import Category, NeedsInvitation, StayPer, Variant

__all__ = ["ASK_THEMSELVES", "CATEGORY_FACTS", "issue_lines", "stay_lines"]

CATEGORY_FACTS = (
    "special_rule.fingerprints",
    "statement.extension_asked_by",
    "deadline.extension_earliest",
    "deadline.extension_latest",
)
"""The facts beside the category itself that the lines rest on, by their names in the ledger."""

# Statement extension_asked_by: for all others the inviting party asks; without one it does not say who.
ASK_THEMSELVES = frozenset({"C4", "C5", "C9"})


def stay_lines(
    category: Category, audience: str | None, knowledge: KnowledgeBase, voice: Voice, today: date
) -> tuple[Line, ...]:
    """How long a traveller of `audience` (None: of no special one) may stay, by extension too, and with whom."""
    told = (
        *_forms(category, audience, voice),
        _extension(category, audience, voice),
        voice.text("visa_about.relatives" if category.families else "visa_about.no_relatives"),
    )
    return tuple(cited(text, knowledge, voice, today) for text in told)


def issue_lines(category: Category, knowledge: KnowledgeBase, voice: Voice, today: date) -> tuple[Line, ...]:
    """Who issues the visa and how soon; the interview, the fingerprints, and how an extension is asked for."""
    told = (
        _issue(category, voice),
        voice.text("visa_about.issuers", issuers=", ".join(voice.text(f"issuer.{it}") for it in category.issuers)),
        voice.text(f"visa_about.interview_{category.interview}"),
        voice.text("visa_about.fingerprints"),
        *_asking_for_extension(category, voice),
    )
    return tuple(cited(text, knowledge, voice, today) for text in told)


def _forms(category: Category, audience: str | None, voice: Voice) -> Iterator[str]:
    """The forms that this traveller may get; a form meant for them takes the place of the same one for everybody."""
    open_forms = [form for form in category.variants if form.audience in (None, audience)]
    own = {form.entries for form in open_forms if form.audience is not None}
    for form in open_forms:
        if form.audience is not None or form.entries not in own:
            yield _form(form, voice)


def _form(form: Variant, voice: Voice) -> str:
    stay = voice.days(form.max_stay_days)
    each = " ".join(voice.text(f"variant_note.{note}") for note in form.notes)
    per_entry = "_at_each" if form.stay_per is StayPer.ENTRY else ""
    return f"{voice.text(f'visa_about.{form.entries}{per_entry}', stay=stay)} {each}".rstrip()


def _issue(category: Category, voice: Voice) -> str:
    if category.issue_calendar_days is not None:
        return voice.text("visa_about.issue_calendar_days", days=category.issue_calendar_days)
    return voice.text("visa_about.issue_working_days", days=category.issue_working_days)


def _extension(category: Category, audience: str | None, voice: Voice) -> str:
    rule = category.extension
    if rule is None:
        return voice.text("visa_about.no_extension")
    longest = rule.longer_days if rule.longer_days and rule.longer_audience == audience else rule.max_days
    return voice.text("visa_about.extension", days=voice.days(longest))


def _asking_for_extension(category: Category, voice: Voice) -> tuple[str, ...]:
    """Who asks for the extension, and when."""
    if category.extension is None:
        return ()
    if category.code in ASK_THEMSELVES:
        return (voice.text("visa_about.extension_own"),)
    invited = category.needs_invitation is not NeedsInvitation.NO
    return (voice.text("visa_about.extension_by_inviter" if invited else "visa_about.extension_by_whom"),)
