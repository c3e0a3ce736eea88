"""What other apps may want to hear of places, told inside the transaction that wrote it.

access_notes_changed: `site` (how people get in there reads otherwise now, whoever wrote it and wherever).
"""

from django.dispatch import Signal

access_notes_changed = Signal()
