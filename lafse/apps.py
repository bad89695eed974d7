from django.apps import AppConfig


class LafseConfig(AppConfig):
    name = "lafse"
    verbose_name = "Wiring"
