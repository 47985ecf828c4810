from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "newsroom.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from newsroom.accounts.sessions import forget, remember

        # Every door signs in by Django's own function, which tells by these alone.
        user_logged_in.connect(remember, dispatch_uid="remember a session")
        user_logged_out.connect(forget, dispatch_uid="forget a session")
