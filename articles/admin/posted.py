"""What a browser would send of a form that nobody touched, to be compared with what one did send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import lxml.html
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.admin.fields import BodyField
from articles.documents.sanitizing import sanitise
from articles.text.body import plain_text

# The values of each input by its name, empty ones left out. An opened form is kept as the values of each of its fields.
Values = dict[str, list[str]]
Opened = dict[str, Values]


def opened(form: forms.BaseForm, formsets: Iterable[Any], shown: Iterable[str]) -> Opened:
    """The values of those fields of a form that are `shown`, and of its sets of rows under the name of each set."""
    fields = {name: values_in(str(form[name])) for name in shown if name in form.fields}
    rows = {formset.prefix: values_in(_html_of(formset)) for formset in formsets}
    return {**fields, **rows}


def names_in(form: forms.BaseForm) -> dict[str, set[str]]:
    """The names of the inputs of each field, whether they have a value or not."""
    return {name: set(_tree(str(form[name])).xpath("//@name")) for name in form.fields}


def values_in(html: str) -> Values:
    values: Values = {}
    for name, value in _tree(html).form_values():
        # A browser leaves out the line break that follows the tag of a text area.
        values.setdefault(name, []).append(_plain(value).removeprefix("\n"))
    return filled(values)


def sent(post: QueryDict, names: Iterable[str]) -> Values:
    """What was sent under some names."""
    return filled({name: [_plain(value) for value in post.getlist(name)] for name in names})


def sent_rows(post: QueryDict, prefix: str) -> Values:
    return sent(post, [name for name in post if name.startswith(f"{prefix}-")])


def filled(values: Mapping[str, list[str]]) -> Values:
    found = {name: [value for value in each if value != ""] for name, each in values.items()}
    return {name: each for name, each in found.items() if each}


def replace(post: QueryDict, names: Iterable[str], values: Values) -> None:
    """Put values in place of what was sent under some names."""
    for name in names:
        post.pop(name, None)
    for name, each in values.items():
        post.setlist(name, each)


def as_data(values: Values) -> QueryDict:
    data = QueryDict(mutable=True)
    replace(data, (), values)
    return data


def words_of(field: Any, name: str, values: Values) -> str:
    """The values of a field as an editor reads them."""
    given = field.widget.value_from_datadict(as_data(values), {}, name)
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if given else _("no"))
    if not given:
        return ""
    if isinstance(field, BodyField):
        return plain_text(sanitise(given))
    several = [str(each) for each in (given if isinstance(given, list) else [given]) if each]
    queryset: Any = getattr(field, "queryset", None)
    if queryset is not None:
        found = queryset.in_bulk([int(each) for each in several if each.isdecimal()])
        several = [str(found[int(each)]) for each in several if each.isdecimal() and int(each) in found]
    elif isinstance(field, forms.ChoiceField):
        labels: dict[str, Any] = dict(cast("Any", field.choices))
        several = [str(labels.get(each, each)) for each in several]
    return "\n".join(several)


def _plain(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n")


def _tree(html: str) -> Any:
    return lxml.html.fromstring(f"<form>{html}</form>")


def _html_of(formset: Any) -> str:
    fields = [str(form[name]) for form in formset.forms for name in form.fields]
    return str(formset.management_form) + "".join(fields)
