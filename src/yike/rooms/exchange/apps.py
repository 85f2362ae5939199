"""The room's name to Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """交换."""

    name = "yike.rooms.exchange"
    label = "exchange"
    verbose_name = "交换"
