from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_archive_search")]
    operations = []
