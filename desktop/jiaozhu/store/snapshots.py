"""Subjects of decisions as JSON: the same one is always the same text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import msgspec

from jiaozhu.model import Commitment, Metadata, Metric, Speech, Subject

#: Fields of an annotation that only exports have; its state is in the snapshot.
_LEFT_OUT = ("reviewer", "reviewed_at")
_MODELS: tuple[type[Subject], ...] = (Metric, Commitment, Speech, Metadata)
_NAMES = {
    model.type: tuple(field.name for field in fields(model) if field.name not in _LEFT_OUT)
    for model in _MODELS
}
_DECODERS: dict[str, Callable[[str], Subject]] = {
    model.type: msgspec.json.Decoder(model).decode for model in _MODELS
}
_encode = msgspec.json.Encoder().encode


def from_snapshot(type_: str, snapshot: str | None) -> Subject | None:
    """Return the subject of this type that a decision kept as JSON; None stays None."""
    return None if snapshot is None else _DECODERS[type_](snapshot)


def to_snapshot(subject: Subject | None) -> str | None:
    """Return the subject as JSON: the same subject is always the same text; None stays None.

    Fields without a value are left out, so that a field added to the model later changes no snapshot.
    """
    if subject is None:
        return None
    values = {name: getattr(subject, name) for name in _NAMES[subject.type]}
    return _encode({name: value for name, value in values.items() if _says(value)}).decode()


def _says(value: object) -> bool:
    return value is not None and value is not False and value != ()
