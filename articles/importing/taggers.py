"""The taggers that a newsroom has chosen, one a language: the setting NEWSROOM_TAGGERS."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from articles.extraction.tagger.spacy_tagger import find_problem, spacy_tagger
from articles.extraction.tagger.tags import NoTagger, Tagger

SPACY = "spacy:"


def tagger_for(language: str) -> Tagger | None:
    """The tagger of a language (“en”, “en-gb”), None where the newsroom has chosen none.

    Raises:
        ImproperlyConfigured: the one chosen cannot be had.
    """
    name = settings.NEWSROOM_TAGGERS.get(language.partition("-")[0])
    if name is None:
        return None
    try:
        return spacy_tagger(name.removeprefix(SPACY)) if name.startswith(SPACY) else _maker(name)()
    except (NoTagger, ImportError) as error:
        raise ImproperlyConfigured(f"NEWSROOM_TAGGERS, “{language}”: {error}") from error


def _maker(name: str) -> Callable[[], Tagger]:
    maker: Callable[[], Tagger] = import_string(name)
    return maker


def check_taggers(**kwargs: Any) -> list[CheckMessage]:
    """Name every value of NEWSROOM_TAGGERS that is no tagger, without loading one."""
    problems = ((language, name, _problem(language, name)) for language, name in settings.NEWSROOM_TAGGERS.items())
    return [
        Error(
            f"NEWSROOM_TAGGERS has “{language}={name}”: {problem}.",
            hint="docs/settings.md says what may stand there.",
            id="articles.E001",
        )
        for language, name, problem in problems
        if problem
    ]


def _problem(language: str, name: str) -> str:
    if not re.fullmatch("[a-z]{2,3}", language):
        return f"“{language}” is no code of a language; expected one like “de”"
    if name.startswith(SPACY):
        return find_problem(name.removeprefix(SPACY))
    if "." not in name:
        return "that is neither a dotted path nor “spacy:” and the name of a pipeline"
    try:
        return "" if callable(import_string(name)) else f"{name} cannot be called"
    except ImportError as error:
        return str(error)
