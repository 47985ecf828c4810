"""How each kind of record reads as one line of a panel."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.base import change_url, record_url
from articles.admin.panels import Choice, Row
from articles.models import Appearance, Article, ProposedTag, Quote, Role, State, TagMerge


def entity_row(appearance: Appearance) -> Row:
    """A person, organisation or location, as it appears in an article."""
    entity, mentions = appearance.entity, len(appearance.spans)
    others = len(appearance.candidates)
    return Row(
        label=entity.name,
        url=record_url(entity.kind, entity.pk),
        state=appearance.state,
        state_label=appearance.get_state_display(),
        facts=[
            fact
            for fact in (
                appearance.role,
                ngettext("%d mention", "%d mentions", mentions) % mentions if mentions else _("named outside the text"),
                ngettext("%d other record could be meant", "%d other records could be meant", others) % others
                if others
                else "",
                _inside(appearance),
                _lost(appearance),
            )
            if fact
        ],
        evidence=appearance.evidence,
    )


def article_row(appearance: Appearance) -> Row:
    """An article, as it shows a person, organisation or location."""
    return Row(
        label=appearance.article.headline,
        url=change_url(appearance.article),
        state=appearance.state,
        state_label=appearance.get_state_display(),
        facts=[fact for fact in (*_dated(appearance.article), appearance.role, _lost(appearance)) if fact],
    )


def tagged_article_row(article: Article) -> Row:
    return Row(label=article.headline, url=change_url(article), facts=_dated(article))


def merged_tag_row(merge: TagMerge) -> Row:
    """A tag that went into another, with the way back."""
    return Row(
        label=merge.tag.name,
        url=change_url(merge.tag),
        facts=[date_format(localtime(merge.made))],
        choices=[Choice("_unmerge", str(merge.pk), _("Undo the merge"))],
    )


def proposed_tag_row(proposal: ProposedTag) -> Row:
    """A tag proposed for an article, to be decided about where it stands."""
    choices = {State.ACCEPTED: ("_accept_tag", _("Accept")), State.REJECTED: ("_reject_tag", _("Reject"))}
    return Row(
        label=str(proposal),
        url=change_url(proposal),
        state=proposal.state,
        state_label=proposal.get_state_display(),
        facts=[] if proposal.tag or proposal.is_decided else [_("new")],
        evidence=proposal.evidence,
        choices=[
            Choice(name, str(proposal.pk), label) for state, (name, label) in choices.items() if state != proposal.state
        ],
    )


def quote_row(quote: Quote) -> Row:
    """A quotation in an article, with who said it."""
    source = _("“%(source)s”, not named") % {"source": quote.source} if quote.source else _("no speaker")
    return Row(
        label=Truncator(quote.text).chars(160),
        url=change_url(quote),
        state=quote.state,
        state_label=quote.get_state_display(),
        facts=[
            fact
            for fact in (str(quote.speaker or source), quote.cue, *_told(quote), short_form(quote), _lost(quote))
            if fact
        ],
        evidence=quote.evidence,
        is_quotation=True,
    )


def _told(quote: Quote) -> list[str]:
    """Whom and where, as printed; a hearer within the occasion is not said twice."""
    return [quote.occasion] if quote.addressee in quote.occasion else [quote.addressee, quote.occasion]


def short_form(quote: Quote) -> str:
    """“direct” of “direct: all in quotation marks”."""
    return str(quote.get_form_display()).partition(":")[0]


def speech_row(quote: Quote) -> Row:
    """A quotation of one speaker, with where it was said."""
    return Row(
        label=Truncator(quote.text).chars(160),
        url=change_url(quote),
        state=quote.state,
        state_label=quote.get_state_display(),
        facts=[fact for fact in (quote.article.headline, *_dated(quote.article), _lost(quote)) if fact],
        is_quotation=True,
    )


def held_role_row(role: Role) -> Row:
    """A role of one person, with the article that says so."""
    return _role_row(role, role.title, [str(role.organisation or role.location or ""), role.article.headline])


def staff_role_row(role: Role) -> Row:
    """A role at one organisation or in one place, with who holds it."""
    return _role_row(role, f"{role.person}, {role.title}", [role.article.headline])


def _role_row(role: Role, label: str, facts: list[str]) -> Row:
    day = date_format(role.date) if role.date else ""
    return Row(
        label=label,
        url=change_url(role),
        state=role.state,
        state_label=role.get_state_display(),
        facts=[fact for fact in (*facts, day, _lost(role)) if fact],
        evidence=role.evidence,
    )


def _dated(article: Article) -> list[str]:
    moment = article.published or article.released
    return [date_format(moment)] if moment else []


def _inside(appearance: Appearance) -> str:
    """Which names stand inside the name: “Toronto” in “University of Toronto”."""
    names = ", ".join(part.name for part in appearance.parts.all())
    return _("in its name: %(names)s") % {"names": names} if names else ""


def _lost(row: Appearance | Quote | Role) -> str:
    return "" if row.anchoring == "in_place" else row.get_anchoring_display()
