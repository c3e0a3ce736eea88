"""One text that two people wrote at the same time: nothing of either is lost. Pure; reads no rows and writes none."""

from django.utils.translation import gettext as _


def together(*, seen: str, mine: str, theirs: str, name: str) -> str:
    """`seen`: what stood there when `name` began to write `mine`; `theirs`: what stands there now. All as kept.

    Where both were changed, theirs comes first and mine under a line that names its writer; where mine was only
    emptied, theirs stays. Giving the same twice adds nothing.
    """
    if theirs in (seen, mine) or mine.startswith(theirs):
        return mine
    if mine == seen or f"\n{mine}\n" in f"\n{theirs}\n" or not mine:
        return theirs
    if seen and theirs.startswith(f"{seen}\n"):
        return mine + theirs[len(seen) :]  # somebody's text was put below mine, and I went on with mine
    line = _("%(name)s wrote at the same time:") % {"name": name}
    return f"{theirs}\n\n{line}\n{mine}"
