"""Damaged copies of a PDF, each kind of damage as it happens to files on the way or as an attacker would do it."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

OBJECT = re.compile(rb"(?s)(\d+ 0 obj\b)(.*?)(endobj)")
STREAM = re.compile(rb"(?s)stream\r?\n(.*?)\r?\nendstream")
NUMBER = re.compile(rb"(?<=[ \[/<(])\d+(?=[ \])>/\r\n])")
NUMBERS = (b"0", b"-1", b"1", b"2147483647", b"-2147483648", b"4294967296", b"99999999999999999999", b"1e9", b"0.00001")


def damaged(data: bytes, seed: int) -> bytes:
    """A damaged copy of the PDF `data`: always the same for a seed, and one to three kinds of damage."""
    chance = random.Random(seed)
    for damage in chance.choices(DAMAGES, k=chance.choice((1, 1, 2, 3))):
        data = damage(data, chance)
    return data


def truncate(data: bytes, chance: random.Random) -> bytes:
    """A download that broke off."""
    return data[: chance.randrange(8, len(data))]


def flip_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bits that turned over."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 16, 64, 256))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def blank(data: bytes, chance: random.Random) -> bytes:
    """A disk block that is gone."""
    start, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    return data[:start] + bytes(len(data[start : start + length])) + data[start + length :]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    """A piece that was lost, so that every offset after it is wrong."""
    start = chance.randrange(8, len(data))
    return data[:start] + data[start + chance.choice((1, 16, 512, 4096)) :]


def double(data: bytes, chance: random.Random) -> bytes:
    """A piece that was written twice."""
    start = chance.randrange(len(data))
    end = start + chance.choice((1, 16, 512, 4096))
    return data[:end] + data[start:]


def change_numbers(data: bytes, chance: random.Random) -> bytes:
    """Lengths, counts, boxes and references that are not what they should be."""
    places = list(NUMBER.finditer(data))
    for place in sorted(chance.sample(places, min(len(places), chance.choice((1, 3, 10)))), key=lambda m: -m.start()):
        data = data[: place.start()] + chance.choice(NUMBERS) + data[place.end() :]
    return data


def swap_objects(data: bytes, chance: random.Random) -> bytes:
    """Objects under each other's numbers: a font for a page, a page for its own parent."""
    objects = list(OBJECT.finditer(data))
    if len(objects) < 2:
        return data
    a, b = sorted(chance.sample(objects, 2), key=lambda m: m.start())
    return b"".join((data[: a.start(2)], b.group(2), data[a.end(2) : b.start(2)], a.group(2), data[b.end(2) :]))


def damage_within(data: bytes, chance: random.Random) -> bytes:
    """Damage inside of a compressed stream, which is whole on the outside."""
    streams = list(STREAM.finditer(data))
    if not streams:
        return data
    place = chance.choice(streams)
    try:
        content = zlib.decompress(place.group(1))
    except zlib.error:
        return data
    within = chance.choice((truncate, flip_bytes, blank, cut_out, double, change_numbers))
    content = within(content, chance) if len(content) > 8 else b""
    return data[: place.start(1)] + zlib.compress(content) + data[place.end(1) :]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncate,
    flip_bytes,
    blank,
    cut_out,
    double,
    change_numbers,
    swap_objects,
    damage_within,
)
