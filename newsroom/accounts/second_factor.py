"""A second factor: codes of an app on a phone (TOTP), and recovery codes on paper for when it is lost.

django-otp keeps the devices, compares the codes and slows down who guesses: after each wrong code it waits twice as
long before it looks at another.
"""

from __future__ import annotations

import io
from base64 import b32encode
from typing import Any

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
# What the devices are called where django-otp names them.
PHONE, PAPER = "phone", "recovery codes"


def phone_of(user: Any) -> TOTPDevice | None:
    """The app that somebody confirmed; whoever has one has a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()


def has_second_factor(user: Any) -> bool:
    return phone_of(user) is not None


def recovery_codes_left(user: Any) -> int:
    number: int = StaticToken.objects.filter(device__user=user, device__confirmed=True).count()
    return number


def begun(user: User) -> TOTPDevice:
    """The app that waits to be confirmed: the same until it is, so that a page may be loaded again."""
    device, _is_new = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": PHONE})
    return device


def confirm(user: User, code: str) -> list[str] | None:
    """Take the app that waits for the second factor where `code` is its own; new recovery codes, or None.

    It takes the place of the one before it.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None or not device.verify_token(_digits(code)):
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, each good for one time; those before them are good for nothing any more."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name=PAPER)
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    return codes


def verified(user: User, code: str) -> Any:
    """The device that `code` is of, an app or the recovery codes; None where it is wrong, used, or came too soon."""
    digits = _digits(code)
    if digits.isdecimal():
        device: Any = phone_of(user)
    else:
        device, digits = StaticDevice.objects.filter(user=user, confirmed=True).first(), digits.lower()
    return verify_token(user, device.persistent_id, digits) if device else None


def is_recovery(device: Any) -> bool:
    return isinstance(device, StaticDevice)


def seconds_to_wait(user: User) -> int:
    """So long no code of the app is looked at, after wrong ones."""
    device = phone_of(user)
    is_allowed, why = device.verify_is_allowed() if device else (True, None)
    until = (why or {}).get("locked_until")
    if is_allowed or until is None:
        return 0
    left: float = (until - timezone.now()).total_seconds()
    return max(1, round(left))


@transaction.atomic
def remove(user: User) -> bool:
    """Leave somebody with their password alone; says whether there was a second factor."""
    had = has_second_factor(user)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    return had


def secret_of(device: TOTPDevice) -> str:
    """The key as it is typed where no camera is: in groups of four."""
    letters = b32encode(device.bin_key).decode("ascii").rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def drawn(device: TOTPDevice) -> SafeString:
    """What an app reads with the camera, as SVG without a style."""
    svg = io.BytesIO()
    code = segno.make(device.config_url, error="m", micro=False)
    code.save(
        svg,
        kind="svg",
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        border=4,
        dark="#000",
        light="#fff",
        omitsize=True,
    )
    # Squares alone: nothing that anybody wrote stands in it.
    return SafeString(svg.getvalue().decode("utf-8"))  # nosec B703


def _digits(code: str) -> str:
    """Without the spaces that apps print and people type."""
    return "".join(code.split()).replace("-", "")
