"""What the engine refuses: a scheme document or a story that cannot be. A log of a real ticket is never refused."""

from common.documents import DocumentError


class SchemeError(DocumentError):
    """A scheme document that cannot be used; `path` is the wrong place, such as `targets[2].within`."""


class StoryError(ValueError):
    """A story that cannot be; `index` is the wrong entry of the event list as it was given, from 0."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(f"events[{index}]: {message}")
        self.index = index
        self.message = message
