"""Keep the catalogues of translations in step with the program: `python -m tests.messages [language …]`.

Collects every string to be translated from the code and the templates, brings it into the catalogue of each language
(and begins one for a language that is named and has none), and compiles the catalogues, so that a clone needs no
further step to speak them. Only Python and Babel are needed.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

LOCALES = Path("articles/locale")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HEADER = "# What Newsroom says, in another language. Brought up to date by `make messages`."
CONSTANT = re.compile(r"""_\("([^"]*)"\)|_\('([^']*)'\)""")

# A message as a catalogue files it: its context, and the words for one or for one and for many.
Message = tuple[str | None, str | tuple[str, str]]


def collected() -> Catalog:
    """Every string of the program that is to be translated, each with the files that it stands in."""
    catalog = Catalog(charset="utf-8")
    for path in sorted((*Path("articles").rglob("*.py"), *Path("newsroom").rglob("*.py"))):
        if "migrations" not in path.parts:
            add(catalog, path, messages_of_code(path))
    for path in sorted(Path("templates").rglob("*.html")):
        add(catalog, path, messages_of_template(path))
    return catalog


def add(catalog: Catalog, path: Path, messages: Iterator[Message]) -> None:
    for context, words in messages:
        catalog.add(words, locations=[(path.as_posix(), 0)], context=context)


def messages_of_code(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        for _, function, found, _ in extract_python(file, list(KEYWORDS), [], {"encoding": "utf-8"}):
            arguments = found if isinstance(found, tuple) else (found,)
            places = KEYWORDS[function] or (1,)
            context = next((arguments[place[0] - 1] for place in places if isinstance(place, tuple)), None)
            words = tuple(arguments[place - 1] for place in places if isinstance(place, int))
            if all(words):  # a call with a variable says nothing; `gettext_noop` stands where that got its words
                yield context, words if len(words) == 2 else words[0]


def messages_of_template(path: Path) -> Iterator[Message]:
    """As Django itself reads the template, so that a message is to the letter what it will look for."""
    from django.template import engines
    from django.template.base import Lexer, TokenType
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    source = path.read_text(encoding="utf-8")
    template = engines["django"].from_string(source).template
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        if words := node.filter_expression.var.literal:
            yield node.filter_expression.var.message_context, words
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        context = node.message_context.var if node.message_context else None
        one, many = (node.render_token_list(tokens)[0] for tokens in (node.singular, node.plural))
        yield context, (one, many) if many else one
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for match in CONSTANT.finditer(token.contents):
                yield None, match[1] or match[2]


def updated(path: Path, language: str) -> Catalog:
    """The catalogue at `path` with all messages of today and no others; what is new is not translated."""
    catalog = kept(path) if path.exists() else begun(language)
    catalog.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def begun(language: str) -> Catalog:
    return Catalog(
        locale=language,
        header_comment=HEADER,
        project="Newsroom",
        version="1",
        msgid_bugs_address="",
        last_translator="Newsroom",
        language_team="Newsroom",
        charset="utf-8",
        fuzzy=False,
    )


def kept(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], charset="utf-8")


def as_text(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False, sort_by_file=True, omit_header=False)
    return buffer.getvalue()


def compiled(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main(languages: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    os.chdir(settings.BASE_DIR)
    for language in sorted({*languages, *(each.name for each in LOCALES.glob("*"))}):
        path = LOCALES / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = updated(path, language)
        path.write_bytes(as_text(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = sum(1 for message in catalog if message.id and not all(strings(message)))
        print(f"{path}: {len(catalog)} messages, {missing} to be translated")


def strings(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


if __name__ == "__main__":
    main(sys.argv[1:])
