"""allauth's mail goes into the outbox: a request never waits for a mail server, nor fails with it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from accounts.adapter import AccountAdapter as SignInRules
from notifications import services

# What allauth calls its mails, and our name. Another one would be a page that this product does not have.
KINDS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/unknown_account": "unknown_account",
    "account/email/invitation": "invitation",
}


class AccountAdapter(SignInRules):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        services.post_account_mail(
            kind=KINDS[template_prefix],
            user=context.get("user"),
            address=email,
            language=get_language() or "en",
            now=timezone.now(),  # noqa: TID251  called from a view of allauth's
        )
