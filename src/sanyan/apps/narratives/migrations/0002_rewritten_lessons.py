# What a language model made of lessons, and which lesson it was asked about.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0002_freeze_published"),
        ("narratives", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="modelcall",
            name="about",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="modelcall",
            name="round",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="frameworks.round"
            ),
        ),
        migrations.AddField(
            model_name="modelcall",
            name="sentences",
            field=models.JSONField(default=dict),
        ),
        migrations.AddConstraint(
            model_name="modelcall",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ("accepted", "rejected", "unprocessable"))),
                name="model_call_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="modelcall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seconds__gte", 0), models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR")
                ),
                name="model_call_took_something",
            ),
        ),
    ]
