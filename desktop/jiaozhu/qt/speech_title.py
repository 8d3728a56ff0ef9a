"""What a speech is called: who speaks, in which office, for which place."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Speech
from jiaozhu.qt import readable
from jiaozhu.store import SpeechRow


def speaker(speech: Speech | SpeechRow) -> str:
    """Return who speaks, or that it is not known yet."""
    return speech.speaker or _("讲话人未定")


def circumstances(speech: Speech | SpeechRow) -> tuple[str, ...]:
    """Return what else is known of a speech: office, region, and the day if the speech has its own."""
    return tuple(part for part in (speech.office, speech.region, readable.day(speech.date)) if part)


def title(speech: Speech | SpeechRow) -> str:
    """Return all of it on one line."""
    return " · ".join((speaker(speech), *circumstances(speech)))
