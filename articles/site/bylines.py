"""The byline as readers see it: names that lead to their authors' pages, grouped by what they did."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from articles.models import Byline

INTRODUCTIONS = {
    Byline.Role.REPORTING: pgettext_lazy("before names", "By"),
    Byline.Role.ADDITIONAL: pgettext_lazy("before names", "Additional reporting"),
    Byline.Role.PHOTOGRAPHS: pgettext_lazy("before names", "Photographs"),
    Byline.Role.EDITING: pgettext_lazy("before names", "Editing"),
    Byline.Role.TRANSLATION: pgettext_lazy("before names", "Translation"),
}


def printed_byline(names: Iterable[Byline]) -> SafeString:
    """“By Ana Lopez and Tom Hill”, “Photographs Bo Ek”: one span a role; `names` come with their authors."""
    roles: dict[str, list[Byline]] = {}
    for name in names:
        roles.setdefault(name.role, []).append(name)
    groups = ((INTRODUCTIONS[role], _listed(roles[role])) for role in INTRODUCTIONS if role in roles)
    return format_html_join("", "<span>{} {}</span>", groups)


def _listed(names: list[Byline]) -> SafeString:
    *first, last = (_linked(name) for name in names)
    return format_html(gettext("{first} and {last}"), first=_joined(first), last=last) if first else last


def _joined(names: list[SafeString]) -> SafeString:
    return format_html_join(", ", "{}", ((name,) for name in names))


def _linked(byline: Byline) -> SafeString:
    """Its author's page, which every name on a published article leads to."""
    if not byline.author:
        return format_html("<b>{}</b>", byline.name)
    return format_html('<a rel="author" href="{}"><b>{}</b></a>', byline.author.get_absolute_url(), byline.name)
