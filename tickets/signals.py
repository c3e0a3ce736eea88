"""The bus between apps: sent inside the transaction that wrote the events.

event_recorded: `events` (list of TicketEvent just written, `.ticket` loaded), `logs` (ticket pk -> its whole log in the
order in which things happened, the new events included), `now` (instant of writing), `is_settled` (true when the
events follow from the clocks themselves, which are then in step already).
"""

from django.dispatch import Signal

event_recorded = Signal()
