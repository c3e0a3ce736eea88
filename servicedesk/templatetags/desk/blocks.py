"""Components that carry page content, as block tags, and the entries of a conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


def _block(partial: str, content: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{partial}.html", {"content": mark_safe(content.strip()), **context})  # noqa: S308


@register.simple_block_tag
def slot(content: str) -> SafeString:
    """Keeps rendered markup for an argument: `{% slot as acts %}<button ...>{% endslot %}`."""
    return mark_safe(content)  # noqa: S308  rendered by this very template


@register.simple_block_tag
def banner(
    content: str, kind: str = "", title: str = "", icon: str = "info", acts: str = "", role: str = "", id: str = ""
) -> SafeString:
    """`kind`: "" (note), ok, warn, conflict, error or pause."""
    return _block("banner", content, kind=kind, title=title, icon=icon, acts=acts, role=role, id=id)


@register.simple_block_tag
def card(content: str, title: str = "", text: str = "", css: str = "", end: str = "", level: int = 2) -> SafeString:
    return _block("card", content, title=title, text=text, css=css, end=end, level=level)


@register.simple_block_tag
def fold(
    content: str, title: str = "", icon: str = "", mark: str = "", open: bool = True, id: str = "", end: str = ""
) -> SafeString:
    """A panel section that folds; `mark` is markup before the title (a level badge), `icon` its plain form, `end` after
    it. With an `id` the page may keep whether it is folded."""
    return _block("fold", content, title=title, icon=icon, mark=mark, open=open, id=id, end=end)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, acts: str = "", is_open: bool = False) -> SafeString:
    """A `<dialog>` that a `data-dialog="id"` control opens; its page of the same address works without script."""
    return _block("dialog", content, id=id, title=title, acts=acts, is_open=is_open)


@register.simple_block_tag
def data_table(content: str, label: str, caption: str = "", css: str = "") -> SafeString:
    """thead and tbody inside; the wrapper scrolls sideways, takes focus and has a name."""
    return _block("data_table", content, label=label, caption=caption, css=css)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """What is true as title; what comes next and one action inside."""
    return _block("empty", content, title=title)


@register.simple_block_tag
def bulk(content: str, count: int, label: str = "") -> SafeString:
    return _block("bulk", content, count=count, label=label)


@register.simple_block_tag
def message_entry(
    content: str,
    author: str,
    at: datetime,
    via: str = "",
    us: bool = False,
    note: bool = False,
    me: bool = False,
    files: str = "",
    lang: str = "",
    id: str = "",
) -> SafeString:
    """A message of the conversation; `us`: from the desk, `note`: internal, on paper."""
    context = dict(locals())
    context.pop("content")
    return _block("message", content, **context)


@register.simple_block_tag
def event_entry(content: str, at: datetime, icon: str = "info", tone: str = "", id: str = "") -> SafeString:
    """One line of what happened; `tone`: "", risk, pause or met."""
    return _block("event", content, at=at, icon=icon, tone=tone, id=id)


@register.inclusion_tag("components/day.html")
def day_entry(words: str, is_new: bool = False, id: str = "") -> dict[str, Any]:
    return {"words": words, "is_new": is_new, "id": id}


@register.inclusion_tag("components/composer.html", takes_context=True)
def composer(
    context: Any,
    address: str,
    readers: str = "",
    kind: str = "reply",
    text: str = "",
    draft_key: str = "",
    error: str = "",
    saved: str = "",
    version: str = "",
    token: str = "",
    files: bool = True,
    state: Any = None,
    note_only: str = "",
    saved_replies: str = "",
    thens: Sequence[tuple[str, str]] = (),
    more: str = "",
) -> dict[str, Any]:
    """Posts kind ("reply" or "note") and body; nothing typed is lost: `text` is what came back with an error."""
    return {
        "address": address,
        "readers": readers,
        "kind": kind,
        "text": text,
        "draft_key": draft_key,
        "error": error,
        "saved": saved,
        "version": version,
        "token": token,
        "files": files,
        "state": state,
        "note_only": note_only,
        "saved_replies": saved_replies,
        "thens": thens,
        "more": more,
        "now": context.get("now"),
        "csrf_token": context.get("csrf_token"),
    }
