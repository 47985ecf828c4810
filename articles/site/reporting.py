"""The form by which readers report errors, and how often one address may send it."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ErrorReport
from articles.site.limits import seconds_to_wait

HOUR = 3600  # seconds


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    message = forms.CharField(
        label=_("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("And what is right?"),
    )
    passage = forms.CharField(
        label=_("The words that are wrong"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Copied from the article."),
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("For a question of ours; it is never published."),
    )
    # Nobody sees this field; programs that fill in every form fill it in.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ErrorReport
        fields = ("message", "passage", "name", "email")

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])

    def send(self, article: Article) -> None:
        """Save the report; what a program sent is dropped, and the program is not told."""
        if not self.is_by_a_program:
            self.instance.article = article
            self.save()


def is_too_often(request: HttpRequest) -> bool:
    """Whether this address has sent as many reports within the hour as one may; counts this one."""
    return seconds_to_wait(request, "error-reports", most=settings.NEWSROOM_REPORTS_PER_HOUR, period=HOUR) > 0
