# The first tables of narratives.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("collection", "0002_evidence_file"),
        ("frameworks", "0002_freeze_published"),
        ("organisations", "0003_kind_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="FileReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("pages", models.PositiveIntegerField()),
                ("read_at", models.DateTimeField()),
                (
                    "evidence_file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="collection.evidencefile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModelCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model_id", models.CharField(max_length=120)),
                ("prompt_version", models.CharField(max_length=60)),
                ("source_hash", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("unprocessable", "Unprocessable"),
                        ],
                        max_length=13,
                    ),
                ),
                ("reply", models.TextField(blank=True)),
                ("reasons", models.JSONField(default=list)),
                ("tokens_in", models.PositiveIntegerField(null=True)),
                ("tokens_out", models.PositiveIntegerField(null=True)),
                ("seconds", models.FloatField()),
                ("cost", models.FloatField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("-asked_at", "-id"),
                "indexes": [
                    models.Index(fields=["model_id", "prompt_version", "source_hash"], name="model_call_cache")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_type", models.CharField(blank=True, max_length=12)),
                ("indicator_code", models.CharField(max_length=40)),
                ("policy_area", models.CharField(max_length=40)),
                ("kind", models.CharField(choices=[("field", "Field"), ("page", "Page")], max_length=5)),
                ("field_key", models.CharField(blank=True, max_length=40)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("success", "success"),
                            ("problem", "problem"),
                            ("suggestion", "suggestion"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("page", models.PositiveIntegerField(null=True)),
                (
                    "how",
                    models.CharField(
                        choices=[("typed", "Typed"), ("text", "Text"), ("ocr", "Ocr")], default="typed", max_length=5
                    ),
                ),
                ("original", models.TextField()),
                ("text", models.TextField()),
                ("edits", models.JSONField(default=list)),
                ("hidden", models.JSONField(default=list)),
                ("personal", models.JSONField(default=list)),
                ("orders", models.JSONField(default=list)),
                ("read_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "evidence_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="collection.evidencefile",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="frameworks.round"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="collection.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("terms", models.TextField()),
                ("text_hash", models.CharField(max_length=64)),
                ("says_something", models.BooleanField(default=True)),
                ("orders", models.BooleanField(default=False)),
                (
                    "copy_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="narratives.passage",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="narratives.sourcetext"
                    ),
                ),
            ],
            options={
                "ordering": ("source", "number"),
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("label_th", models.CharField(max_length=120)),
                ("label_en", models.CharField(blank=True, max_length=120)),
                ("words", models.JSONField(default=list)),
                ("stability", models.FloatField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "Kept"), ("dropped", "Dropped"), ("merged", "Merged")],
                        default="kept",
                        max_length=7,
                    ),
                ),
                ("origin", models.CharField(choices=[("method", "Method"), ("person", "Person")], max_length=6)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="narratives.theme"
                    ),
                ),
            ],
            options={
                "ordering": ("theme_set", "number"),
            },
        ),
        migrations.CreateModel(
            name="ThemeAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holds", models.BooleanField(default=True)),
                ("origin", models.CharField(choices=[("method", "Method"), ("person", "Person")], max_length=6)),
                ("probability", models.FloatField(null=True)),
                ("assigned_at", models.DateTimeField()),
                ("assigned_by", models.CharField(max_length=200)),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="narratives.passage"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="narratives.theme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ThemeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("framework_code", models.CharField(max_length=60)),
                ("is_practice", models.BooleanField(default=False)),
                ("policy_area", models.CharField(blank=True, max_length=40)),
                ("indicator_code", models.CharField(blank=True, max_length=40)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("success", "success"),
                            ("problem", "problem"),
                            ("suggestion", "suggestion"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("signed", "Signed"), ("retired", "Retired")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("basis", models.JSONField(default=dict)),
                ("gates", models.JSONField(default=list)),
                ("classifier", models.JSONField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.CharField(max_length=200)),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_by", models.CharField(blank=True, max_length=200)),
                ("retired_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("framework_code", "policy_area", "indicator_code", "stance", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("framework_code", "is_practice", "policy_area", "indicator_code", "stance", "version"),
                        name="theme_set_version_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "signed")),
                        fields=("framework_code", "is_practice", "policy_area", "indicator_code", "stance"),
                        name="theme_set_one_signed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("framework_code", "is_practice", "policy_area", "indicator_code", "stance"),
                        name="theme_set_one_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by", "")),
                            models.Q(("signed_at__isnull", False), models.Q(("signed_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="theme_set_signed_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("signed_at__isnull", True), ("state", "proposed")),
                            models.Q(
                                ("classifier__isnull", False),
                                ("retired_at__isnull", True),
                                ("signed_at__isnull", False),
                                ("state", "signed"),
                            ),
                            models.Q(("retired_at__isnull", False), ("state", "retired")),
                            _connector="OR",
                        ),
                        name="theme_set_state_has_its_dates",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="theme",
            name="theme_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="narratives.themeset"
            ),
        ),
        migrations.CreateModel(
            name="Unread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=255)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("place_en", models.CharField(blank=True, max_length=80)),
                ("code", models.CharField(max_length=60)),
                ("reason_th", models.TextField()),
                ("reason_en", models.TextField()),
                ("next_th", models.TextField(blank=True)),
                ("next_en", models.TextField(blank=True)),
                ("found_at", models.DateTimeField()),
                (
                    "evidence_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="collection.evidencefile"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="frameworks.round"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="collection.submission"
                    ),
                ),
            ],
            options={
                "ordering": ("-found_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Vector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model_id", models.CharField(max_length=120)),
                ("text_hash", models.CharField(max_length=64)),
                ("numbers", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("model_id", "text_hash"), name="vector_once")],
            },
        ),
        migrations.AddIndex(
            model_name="sourcetext",
            index=models.Index(fields=["round", "indicator_code"], name="source_text_of_round"),
        ),
        migrations.AddIndex(
            model_name="sourcetext",
            index=models.Index(fields=["organisation", "round"], name="source_text_of_area"),
        ),
        migrations.AddIndex(
            model_name="sourcetext",
            index=models.Index(fields=["gone_at"], name="source_text_gone"),
        ),
        migrations.AddConstraint(
            model_name="sourcetext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gone_at__isnull", True), ("kind", "field")),
                fields=("submission", "indicator_code", "field_key"),
                name="source_text_one_a_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcetext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file_name", ""),
                        ("how", "typed"),
                        ("kind", "field"),
                        ("page__isnull", True),
                        models.Q(("field_key", ""), _negated=True),
                    ),
                    models.Q(
                        ("field_key", ""),
                        ("how__in", ("text", "ocr")),
                        ("kind", "page"),
                        ("page__isnull", False),
                        models.Q(("file_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="source_text_is_field_or_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcetext",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone_at__isnull", True), ("gone_at__gte", models.F("read_at")), _connector="OR"),
                name="source_text_gone_after_read",
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(fields=["text_hash"], name="passage_by_hash"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("source", "number"), name="passage_number_once"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="passage_ends_after_start"
            ),
        ),
        migrations.AddIndex(
            model_name="themeassignment",
            index=models.Index(fields=["passage"], name="theme_assignment_of_passage"),
        ),
        migrations.AddConstraint(
            model_name="themeassignment",
            constraint=models.UniqueConstraint(fields=("theme", "passage"), name="theme_assignment_once"),
        ),
        migrations.AddConstraint(
            model_name="themeassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "person"), ("probability__isnull", True)),
                    models.Q(
                        ("holds", True),
                        ("origin", "method"),
                        ("probability__isnull", False),
                        ("probability__range", (0, 1)),
                    ),
                    _connector="OR",
                ),
                name="theme_assignment_method_or_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="themeassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("assigned_by", ""), _negated=True), name="theme_assignment_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(fields=("theme_set", "number"), name="theme_number_once"),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "kept")), fields=("theme_set", "label_th"), name="theme_label_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(("label_th", ""), _negated=True), name="theme_has_label"
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="theme_merged_into_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(("stability__isnull", True), ("stability__range", (0, 1)), _connector="OR"),
                name="theme_stability_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="unread",
            constraint=models.UniqueConstraint(fields=("evidence_file", "place", "code"), name="unread_once"),
        ),
        migrations.AddConstraint(
            model_name="unread",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason_th", ""), _negated=True), name="unread_has_reason"
            ),
        ),
    ]
