"""The telephones of the last ninety days get their index; nobody is asked for what lies further back, so the rest has none.

In the migration and not by a job: a city's ninety days are some hundred thousand numbers, which is seconds, and the first call
after the update already shows what its caller reported before.
"""

from __future__ import annotations

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from wangge.platform.clock import clock
from wangge.platform.stores.sealing import blind_index_column

DAYS, AT_ONCE = 90, 1000
CONTEXT = "cases_case.reporter_phone"


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index what was reported lately."""
    cases = apps.get_model("cases", "Case").objects
    late = cases.filter(reported_at__gte=clock.now() - timedelta(days=DAYS), reporter_phone__isnull=False)
    after = 0
    while found := list(late.filter(pk__gt=after).order_by("pk").only("pk", "reporter_phone")[:AT_ONCE]):
        texts = [str(row.reporter_phone) for row in found]
        for row, made in zip(found, blind_index_column(texts, CONTEXT), strict=True):
            row.reporter_phone_index = made
        cases.bulk_update(found, ["reporter_phone_index"], batch_size=400)
        after = found[-1].pk


class Migration(migrations.Migration):
    """Of rows only; the column came with the last one."""

    dependencies = [("cases", "0003_hand_over_book")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
