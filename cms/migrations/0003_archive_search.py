from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_content")]
    operations = []
