"""An index of serial numbers without what people leave out when they type one."""

from django.db import migrations, models
from django.db.models import F, Func, Value
from django.db.models.functions import Upper

BARE = Upper(Func(F("serial_number"), Value(" -_./:#"), Value(""), function="translate"))


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_access_notes")]

    operations = [migrations.AddIndex("equipment", models.Index(BARE, name="unit_by_bare_serial"))]
