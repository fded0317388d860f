from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sanyan.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sanyan.apps.accounts import signin  # noqa: PLC0415  (models are not ready before)

        signin.connect()
