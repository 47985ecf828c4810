from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.editing.checks import check_publishing_blocks
        from articles.editing.groups import after_migrate
        from articles.editing.hub import check_hub
        from articles.editing.statistics import after_migrate as after_changes
        from articles.importing.lookup import check_reconcile_url
        from articles.importing.taggers import check_taggers

        checks.register(check_publishing_blocks)
        checks.register(check_hub)
        checks.register(check_reconcile_url)
        checks.register(check_taggers)
        post_migrate.connect(after_migrate, sender=self)
        post_migrate.connect(after_changes, sender=self)
