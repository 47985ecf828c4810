"""All rows of the archive at one moment, to be compared with those of another."""

from django.apps import apps

from articles.models import Decision, Merge, MovedRow

LOGS = (Decision, Merge, MovedRow)


def dump():
    """Every row of every table but the logs."""
    models = [model for model in apps.get_app_config("articles").get_models() if model not in LOGS]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}
