"""The only writers of deliveries and notices."""

from notifications.services.announce import announce
from notifications.services.reading import mark_all_read, mark_read
from notifications.services.relay import hand_over, take_back
from notifications.services.sending import deliver, send_again

__all__ = ["announce", "deliver", "hand_over", "mark_all_read", "mark_read", "send_again", "take_back"]
