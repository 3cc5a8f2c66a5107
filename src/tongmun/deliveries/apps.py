from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "tongmun.deliveries"
    label = "deliveries"
