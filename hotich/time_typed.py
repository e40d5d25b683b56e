"""Times of day as a clerk types them in short: 435, 0435, 4, spelled out as the record above writes its own."""

from __future__ import annotations

import re
from typing import Final

from hotich.letters import nfc, squeeze

_SHORT: Final = re.compile(r"(\d{1,2})(\d{2})?")
_MODEL: Final = re.compile(r"(\d{1,2})(\s*(?:giờ|g|h|:)\s*)(\d{1,2})(\s*(?:phút|ph|p|')?\.?)", re.IGNORECASE)
_PLAIN: Final = ("", " giờ ", " phút")


def spelled_time(text: str, model: str = "") -> str:
    """Return a time typed in figures alone in words; '' for anything else, and for hours after 24.

    The last two of three or four figures are minutes. Separators and the nought before an hour are those of `model`,
    another time of the same hand; without one, 435 is `4 giờ 35 phút`.
    """
    found = _SHORT.fullmatch(squeeze(text))
    if found is None or int(found[1]) > 24 or int(found[2] or 0) > 59:
        return ""
    like = _MODEL.fullmatch(squeeze(nfc(model)))
    padded, between, after = ("0" if like[1][0] == "0" else "", like[2], like[4]) if like else _PLAIN
    hour = f"{int(found[1]):02}" if padded else found[1]
    if found[2] is None:
        return f"{hour}{between}".strip(" ") if ":" not in between else ""
    return f"{hour}{between}{found[2]}{after}"
