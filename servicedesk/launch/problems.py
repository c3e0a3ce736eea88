"""The one exception of the launcher: a sentence for the person at the terminal.

Whoever catches it prints the sentence and ends with 1; a traceback would hide what to do.
"""


class LaunchError(Exception):
    """Something outside the program is wrong; the message is one sentence that says what helps."""
