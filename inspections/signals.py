"""What happened to an analysis, for whoever tells people of it. It hangs on no ticket, whose log would say it."""

from django.dispatch import Signal

# Sent inside the transaction: analysis, address (of somebody without an account; empty: nobody), now.
analysis_sent = Signal()
# Sent inside the transaction, each comment once: analysis, by, now.
analysis_commented = Signal()
