"""What catalogues elsewhere call a person, an organisation or a location."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.entities import Entity


@dataclass(frozen=True)
class Catalogue:
    """How a catalogue writes its identifiers, and where it shows one."""

    pattern: re.Pattern[str]
    address: str
    example: str


WHOLE_ADDRESS = "web"
CATALOGUES = {
    "wikidata": Catalogue(re.compile(r"Q[1-9]\d{0,11}"), "https://www.wikidata.org/wiki/{}", "Q42"),
    "geonames": Catalogue(re.compile(r"[1-9]\d{0,11}"), "https://www.geonames.org/{}", "98182"),
    "viaf": Catalogue(re.compile(r"[1-9]\d{0,21}"), "https://viaf.org/viaf/{}", "113230702"),
    "isni": Catalogue(re.compile(r"\d{15}[\dX]"), "https://isni.org/isni/{}", "0000000080455980"),
    "crunchbase": Catalogue(
        re.compile(r"(?:organization|person)/[a-z0-9-]{1,100}"), "https://www.crunchbase.com/{}", "organization/acme"
    ),
    WHOLE_ADDRESS: Catalogue(re.compile(r"https?://\S{4,190}"), "{}", "https://www.example.org/about"),
}
# The same pages by the other addresses that catalogues print.
OTHER_ADDRESSES = {
    "wikidata": re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)/?"),
    "geonames": re.compile(r"https?://(?:www\.|sws\.)?geonames\.org/(\d+)(?:/.*)?"),
    "viaf": re.compile(r"https?://(?:www\.)?viaf\.org/(?:[a-z]{2}/)?viaf/(\d+)/?"),
    "isni": re.compile(r"https?://(?:www\.)?isni\.org/(?:isni/)?(\d{15}[\dX])/?"),
    "crunchbase": re.compile(r"https?://(?:www\.)?crunchbase\.com/((?:organization|person)/[a-z0-9-]+)/?"),
}


def clean_value(scheme: str, text: str) -> str:
    """An identifier as its catalogue writes it, from what people paste.

    >>> clean_value("wikidata", "https://www.wikidata.org/entity/Q42"), clean_value("isni", "0000 0000 8045 5980")
    ('Q42', '0000000080455980')

    Raises:
        ValidationError: `text` is none of this catalogue's.
    """
    catalogue = CATALOGUES[scheme]
    value = text.strip()
    if scheme in OTHER_ADDRESSES and (pasted := OTHER_ADDRESSES[scheme].fullmatch(value)):
        value = pasted[1]
    if scheme == "isni":
        value = re.sub(r"[\s-]", "", value).upper()
    if not catalogue.pattern.fullmatch(value):
        raise ValidationError(
            _("“%(value)s” is no %(scheme)s identifier: expected one like “%(example)s”."),
            params={"value": text[:100], "scheme": Identifier.Scheme(scheme).label, "example": catalogue.example},
        )
    if scheme == WHOLE_ADDRESS:
        URLValidator(schemes=["http", "https"])(value)
    return value


def identify(address: str) -> tuple[str, str]:
    """The catalogue and the identifier that the address of a page stands for.

    >>> identify("http://www.wikidata.org/entity/Q42"), identify("https://news.example.org/people/ana-ruiz/")
    (('wikidata', 'Q42'), ('web', 'https://news.example.org/people/ana-ruiz/'))

    Raises:
        ValidationError: it is no address.
    """
    for scheme, pattern in OTHER_ADDRESSES.items():
        if pattern.fullmatch(address):
            return scheme, clean_value(scheme, address)
    return WHOLE_ADDRESS, clean_value(WHOLE_ADDRESS, address)


class Identifier(models.Model):
    """One record of a catalogue that is about the same person, organisation or location."""

    class Scheme(models.TextChoices):
        WIKIDATA = "wikidata", _("Wikidata")
        GEONAMES = "geonames", _("GeoNames")
        VIAF = "viaf", _("VIAF")
        ISNI = "isni", _("ISNI")
        CRUNCHBASE = "crunchbase", _("Crunchbase")
        WEB = WHOLE_ADDRESS, _("web page")

    entity = models.ForeignKey(Entity, verbose_name=_("of"), on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("catalogue"), max_length=20, choices=Scheme)
    value = models.CharField(_("identifier"), max_length=200, help_text=_("As in “Q42”; an address may be pasted."))
    created = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering = ["scheme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_of_one_entity",
                violation_error_message=_("Another record has this identifier."),
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=["wikidata", "geonames", "viaf", "isni", "crunchbase", "web"]),
                name="identifier_scheme_known",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_value_given"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude=exclude)
        if self.scheme in CATALOGUES and self.value:
            try:
                self.value = clean_value(self.scheme, self.value)
            except ValidationError as error:
                raise ValidationError({"value": error}) from None

    @property
    def label(self) -> str:
        """The catalogue, or the host of a page that no catalogue has."""
        return urlsplit(self.value).netloc if self.scheme == WHOLE_ADDRESS else str(self.get_scheme_display())

    @property
    def url(self) -> str:
        return CATALOGUES[self.scheme].address.format(self.value)
