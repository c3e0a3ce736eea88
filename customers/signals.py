"""What other apps may want to hear of places, told inside the transaction that wrote it.

access_notes_changed: `site` (how people get in there reads otherwise now, whoever wrote it and wherever).
importance_changed: `unit` (more or less hangs on it now; for speed only, nothing may rest on it alone).
"""

from django.dispatch import Signal

access_notes_changed = Signal()
importance_changed = Signal()
