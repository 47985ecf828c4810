"""Django's admin, run as the editors' wing."""

from django.contrib.admin.apps import AdminConfig
from django.core import checks


class EditorsConfig(AdminConfig):
    default_site = "newsroom.editors.EditorsSite"

    def ready(self) -> None:
        from newsroom.watch.metrics import check_networks

        super().ready()
        checks.register(check_networks)
