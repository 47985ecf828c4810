"""Django's admin, run as the editors' wing."""

from django.contrib.admin.apps import AdminConfig


class EditorsConfig(AdminConfig):
    default_site = "newsroom.editors.EditorsSite"
