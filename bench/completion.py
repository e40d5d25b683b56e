"""How long a key waits for the list of remembered values, by how many are remembered.

    python bench/completion.py [values]

Names and places are put together from syllables, so that 100,000 different ones stand in one index, as after many
years of one commune. Each figure is the time of one look-up in milliseconds: median, 95 %, worst of all keys of
texts typed letter by letter in four ways. The goal is 50 ms a key for everything that a key does.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from hotich.matching.completion import ValueIndex
from hotich.text import fold

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Lò Vừ Giàng".split()
WEIGHTS = [31, 11, 10, 7, 5, 5, 4, 4, 4, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
MIDDLE = "Văn Thị Đức Minh Ngọc Hữu Quốc Thanh Xuân Kim Bá Đình Công Thành Thu".split()
GIVEN = "An Bình Cường Dũng Hà Hường Lan Mai Nam Phúc Quân Sơn Tâm Uyên Vân Yến".split()
PARTS = "Đông Tây Nam Bắc Thượng Hạ Trung Tân Phú Yên Hòa Lập Thịnh Mỹ Long Sơn Giang Hải Vĩnh Đại".split()


def made(count: int, chance: random.Random) -> list[str]:
    """That many different values, half of them names and half places."""
    values: dict[str, None] = {}
    while len(values) < count:
        if len(values) % 2:
            middle = [chance.choice(MIDDLE) for _ in range(chance.choice((1, 2, 2)))]
            values[" ".join((*chance.choices(SURNAMES, WEIGHTS), *middle, *chance.choices(GIVEN, k=2)))] = None
        else:
            parts = [f"{chance.choice(PARTS)} {chance.choice(PARTS)}" for _ in range(4)]
            values["thôn {}, xã {}, huyện {}, tỉnh {}".format(*parts)] = None
    return list(values)


def keys_of(text: str) -> list[str]:
    """What stands in the field after each key, for four ways to look for the text."""
    words = fold(text).split()
    short, letters = " ".join(word[:2] for word in words), "".join(word[0] for word in words)
    ways = (" ".join(words), short, letters, " ".join(words[-2:]))
    return [way[:end] for way in ways for end in range(1, min(len(way), 12) + 1)]


def main() -> int:
    """Print the figures; 1 when the goal is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(20)
    values = made(count, chance)
    begun = time.perf_counter()
    index = ValueIndex()
    index.add_all(values)
    print(f"{len(index)} values, indexed in {time.perf_counter() - begun:.2f} s")
    spent = []
    for text in chance.sample(values, 40):
        for typed in keys_of(text):
            begun = time.perf_counter()
            index.find(typed)
            spent.append(((time.perf_counter() - begun) * 1000, typed))
    begun = time.perf_counter()
    for number in range(200):
        index.add(f"{values[number]} {number}")
    print(f"one more value: {(time.perf_counter() - begun) * 5:.2f} ms")
    times = sorted(spent)
    median, nearly_all = statistics.median(t for t, _ in times), times[int(len(times) * 0.95)][0]
    worst, typed = times[-1]
    print(f"{len(times)} keys: median {median:.1f} ms, 95 % {nearly_all:.1f} ms, worst {worst:.1f} ms ({typed!r})")
    return int(nearly_all > 50)


if __name__ == "__main__":
    sys.exit(main())
