"""Form fields for what stories are made of: text, names one a line, tags, and a date whose time may be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import from_current_timezone
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from articles.models import Tag, TaggedArticle
from articles.models.slugs import name_key


class BodyEditor(forms.Textarea):
    """django-prose-editor's editor with the elements that a body may have.

    Its own widget loads modules through an inline import map and puts a style element into the page, both of which
    the content security policy forbids. `body-editor.js` imports the same editor by its path and sets it up itself.
    """

    def __init__(self) -> None:
        super().__init__({"rows": 24, "class": "vLargeTextField", "data-body-editor": ""})

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={
                "all": [
                    "django_prose_editor/material-icons.css",
                    "django_prose_editor/editor.css",
                    "django_prose_editor/overrides.css",
                ]
            },
            js=[Script("articles/admin/body-editor.js", type="module")],  # type: ignore[list-item]
        )


class TextField(forms.CharField):
    """Text of several lines. Browsers send CR LF; a text that nobody touched must not count as changed for it."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": rows, "class": "vLargeTextField"}))
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class BodyField(TextField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=BodyEditor(), **kwargs)


class HeadlineField(forms.CharField):
    """One line, in a box that shows all of a long one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, widget=forms.Textarea({"rows": 1, "class": "vLargeTextField"}), **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class LinesField(forms.Field):
    """A list of names or notes, typed one a line."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": rows, "class": "vLargeTextField"})
        super().__init__(widget=widget, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        ProhibitNullCharactersValidator()(value or "")
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class TagsWidget(AutocompleteSelectMultiple):
    """Admin's search box for several tags; what it does not find may be added by typing it."""

    def __init__(self) -> None:
        super().__init__(TaggedArticle._meta.get_field("tag"), admin.site)

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-allow-clear": "false"}

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[Script("articles/admin/tags.js", type="module")])  # type: ignore[list-item]

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        return [(None, [self.create_option(name, tag, tag, True, number) for number, tag in enumerate(value)], 0)]


class TagsField(forms.Field):
    widget = TagsWidget

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Type to search, choose with the arrows and Enter. What is new is the last in the list.")
        super().__init__(required=False, help_text=help_text, **kwargs)

    def prepare_value(self, value: Any) -> list[str]:
        return [str(tag) for tag in value or []]

    def to_python(self, value: Any) -> list[str]:
        names: dict[str, str] = {}
        for name in (name for typed in value or [] for name in str(typed).split(",")):
            name = " ".join(name.split())
            ProhibitNullCharactersValidator()(name)
            if len(name) > 100:
                raise ValidationError(_("A tag has at most 100 characters: “%(name)s”."), params={"name": name})
            if name:
                names.setdefault(name.casefold(), name)
        return surviving_tags(names.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return {str(tag).casefold() for tag in initial or []} != {name.casefold() for name in data or []}


def surviving_tags(names: Iterable[str]) -> list[str]:
    """The names as the archive writes them: of the tag that another name means, or that one was merged into."""
    names = list(names)
    known = Tag.objects.named(names)
    return list(dict.fromkeys(known[key].name if (key := name_key(name)) in known else name for name in names))


class MomentField(forms.SplitDateTimeField):
    """A date and a time on the newsroom's clock, or neither."""

    widget = AdminSplitDateTime

    def __init__(self, *, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)
        day, hour = self.widget.widgets
        day.attrs["aria-label"], hour.attrs["aria-label"] = _("%s: date") % label, _("%s: time") % label
        hour.format = "%H:%M"


class StoryDateField(forms.SplitDateTimeField):
    """A date that a story bears; many bear no time of day."""

    widget = AdminSplitDateTime

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, require_all_fields=False, **kwargs)
        for part, widget, name in zip(self.fields, self.widget.widgets, (_("Date"), _("Time")), strict=True):
            part.required = False
            widget.attrs["aria-label"] = name

    def compress(self, data_list: Any) -> datetime | None:
        day, hour = (*data_list, None, None)[:2]
        if isinstance(day, date):
            return from_current_timezone(datetime.combine(day, hour if isinstance(hour, time) else time()))
        if hour:
            raise ValidationError(_("A time needs a date."), code="invalid_date")
        return None
