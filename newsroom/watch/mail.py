"""How mail leaves, from one address such as `smtp+tls://user:password@mail.example.org:587`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Django's older settings, and what the same is called by the mailers of Django 6.1.
OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",  # nosec B105
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_FILE_PATH": "file_path",
}
TAKEN = {
    "smtp": {"host", "port", "username", "password", "use_tls", "use_ssl"},
    "filebased": {"file_path"},
}


def mail_settings(read: Mapping[str, Any], *, version: tuple[Any, ...]) -> dict[str, Any]:
    """The settings of Django `version` for an address as `env.email_url` reads it."""
    if version < (6, 1):
        return {name: value for name, value in read.items() if name.startswith("EMAIL_")}
    backend = str(read["EMAIL_BACKEND"])
    taken = TAKEN.get(backend.split(".")[-2], set())
    named = {OPTIONS[name]: value for name, value in read.items() if name in OPTIONS}
    options = {name: value for name, value in named.items() if name in taken and value is not None}
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}


def admins(addresses: list[str], *, version: tuple[Any, ...]) -> list[Any]:
    """`ADMINS` as Django `version` takes it: before 6.0 each is a pair of a name and an address."""
    return list(addresses) if version >= (6, 0) else [("", address) for address in addresses]
