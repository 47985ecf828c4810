from collections import Counter

from django.db import migrations
from django.utils import timezone


def count(apps, schema_editor):
    """What was published until now stands on the day that it bears."""
    using = {"using": schema_editor.connection.alias}
    days = Counter()
    counted_day, rows = apps.get_model("articles", "CountedDay"), []
    published = apps.get_model("articles", "Article").objects.db_manager(**using).filter(status="published")
    for key, bears, released in published.values_list("pk", "published", "released").iterator(chunk_size=5000):
        day = timezone.localtime(bears or released).date()
        rows.append(counted_day(article_id=key, day=day))
        days[day] += 1
        if len(rows) == 5000:
            counted_day.objects.db_manager(**using).bulk_create(rows)
            rows = []
    counted_day.objects.db_manager(**using).bulk_create(rows)
    day_count = apps.get_model("articles", "DayCount")
    day_count.objects.db_manager(**using).bulk_create(day_count(day=day, number=number) for day, number in days.items())


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_days_of_the_archive"),
    ]

    operations = [
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
