from django.apps import AppConfig


class BundlesConfig(AppConfig):
    name = "tongmun.bundles"
    label = "bundles"
