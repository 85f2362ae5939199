"""The room's name to Django."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """质量."""

    name = "yike.rooms.quality"
    label = "quality"
    verbose_name = "质量"
