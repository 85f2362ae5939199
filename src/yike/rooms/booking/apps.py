"""The room's name to Django."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """预约."""

    name = "yike.rooms.booking"
    label = "booking"
    verbose_name = "预约"
