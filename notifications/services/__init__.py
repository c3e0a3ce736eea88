"""The only writers of deliveries and notices; and what tells the live streams."""

from notifications.services.account import post_account_mail
from notifications.services.analyses import (
    analysis_told,
    announce_analysis,
    remember_analysis,
    tell_comment,
    who_reads,
)
from notifications.services.announce import announce, customers_told, remember
from notifications.services.push import push_events, push_site, push_tickets, push_to_desk
from notifications.services.reading import mark_all_read, mark_read
from notifications.services.relay import hand_over, take_back
from notifications.services.sending import deliver, send_again
from notifications.services.silence import is_silent, silence
from notifications.services.stopping import tell_stopped
from notifications.services.trial import retry, send_test
from notifications.services.withdrawing import withdraw

__all__ = [
    "analysis_told", "announce", "announce_analysis", "customers_told", "deliver", "hand_over", "is_silent",
    "mark_all_read", "mark_read",
    "post_account_mail", "push_events", "push_site", "push_tickets", "push_to_desk", "remember", "remember_analysis",
    "retry", "send_again",
    "send_test", "silence", "take_back", "tell_comment", "tell_stopped", "who_reads", "withdraw",
]  # fmt: skip
