"""Proxies are public; who writes them."""

from django.db import migrations

from yike.rooms.guard import rows


class Migration(migrations.Migration):
    dependencies = [("providers", "0012_proxies"), ("trail", "0001_initial")]
    operations = [rows.install("providers", "rows_proxies.sql")]
