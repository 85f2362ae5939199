from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_sealed_words")]

    operations = [
        migrations.RemoveField(model_name="matter", name="contact_note"),
        migrations.RemoveField(model_name="matter", name="on_behalf_of"),
    ]
