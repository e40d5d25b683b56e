"""The hash chain: every action holds the hash of the one before it, so that a changed or missing one shows.

hash = SHA-256 over the previous hash in lower-case hexadecimal followed by the UTF-8 JSON of the action without its
two hashes, keys in the order of `Body`, the event exactly as stored. A chain cut off at its end still fits together;
the index, and the head hash told to somebody outside, show that.
"""

from __future__ import annotations

import hashlib

import msgspec

from hotich.values import Actor

GENESIS = "0" * 64
"""The previous hash of the first action."""


class Body(msgspec.Struct, frozen=True):
    """What an action's hash covers; `event` is the stored JSON text."""

    action_id: int
    book_id: str
    page_id: str
    record_id: str
    event: msgspec.Raw
    actor: Actor
    at: str


def link(previous_hash: str, body: Body) -> str:
    """The hash of an action that follows `previous_hash`, 64 hexadecimal digits."""
    return hashlib.sha256(previous_hash.encode("ascii") + msgspec.json.encode(body)).hexdigest()
