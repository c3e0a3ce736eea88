"""Organisations and sites that are not served any more; the history of one record is an index scan."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="served"),
        ),
        migrations.AddField(
            model_name="site",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="served"),
        ),
        migrations.RunSQL(
            "CREATE INDEX history_of_record ON django_admin_log (content_type_id, object_id, id DESC)",
            "DROP INDEX history_of_record",
        ),
    ]
