"""The bus between apps: sent inside the transaction that wrote the events, the times, or a draft that came back.

event_recorded: `events` (list of TicketEvent just written, `.ticket` loaded), `logs` (ticket pk -> its whole log in the
order in which things happened, the new events included), `now` (instant of writing), `is_settled` (true when the
events follow from the clocks themselves, which are then in step already).

times_moved: `tickets` (those whose promised times are others now although nothing was written in their logs: a calendar
changed, or clocks were worked out anew).

reply_stopped: `draft` (a reply of that person that waited and did not leave, on the ticket where work goes on), `now`.
"""

from django.dispatch import Signal

event_recorded = Signal()
times_moved = Signal()
reply_stopped = Signal()
