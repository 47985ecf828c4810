"""Let somebody in who has neither their phone nor their recovery codes, where nobody at the desk can."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.accounts import second_factor, sessions


class Command(BaseCommand):
    help = "Remove the second factor of an account, and sign it out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name that the account signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"there is no account “{options['username']}”")
        if not second_factor.remove(user):
            raise CommandError(f"“{user}” has no second factor")
        sessions.end(user)
        self.stdout.write(f"The second factor of “{user}” is removed; its password alone lets it in.")
