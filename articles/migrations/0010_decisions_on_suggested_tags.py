from django.db import migrations


def tell_suggestions_from_tags(apps, schema_editor):
    """Until now each decision “about a tag” was about a suggestion of one for an article."""
    apps.get_model("articles", "Decision").objects.filter(subject="tag").update(subject="proposedtag")


def call_both_tags(apps, schema_editor):
    apps.get_model("articles", "Decision").objects.filter(subject="proposedtag").update(subject="tag")


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_merged_and_renamed_tags")]

    operations = [migrations.RunPython(tell_suggestions_from_tags, call_both_tags)]
