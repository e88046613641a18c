"""The shape of a key, written again from its description, so that the binary is not its own witness."""

import re
import zlib

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SHAPE = re.compile(r"sp_[0-9A-Za-z]{36}")


def checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = DIGITS[digit] + digits
    return digits


def forged(body: str = "sp_" + "0" * 30) -> str:
    """A key that nobody was given, with a right checksum."""
    return body + checksum(body)


def is_well_formed(key: str) -> bool:
    return SHAPE.fullmatch(key) is not None and key[-6:] == checksum(key[:-6])
