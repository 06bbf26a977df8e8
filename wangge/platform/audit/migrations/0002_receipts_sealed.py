"""Receipts are sealed. Those that lie there in clear are forgotten: they only spare a repeated request its second effect."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import wangge.platform.stores.fields


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Delete the receipts in clear."""
    apps.get_model("audit", "Receipt").objects.all().delete()


class Migration(migrations.Migration):
    """From bytes to a sealed text."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="receipt",
            name="body",
            field=wangge.platform.stores.fields.SealedTextField(context="audit_receipt.body"),
        ),
    ]
