#!/usr/bin/env python3
"""Writes core/base/pow10_table.h: python3 tests/tools/pow10_table.py > core/base/pow10_table.h

Row k is ceil(10^k * 2^(127 - floor(log2(10^k)))), the 128-bit multiplier of Schubfach, in exact
integers.
"""

LOWEST, HIGHEST = -292, 324


def multiplier(k):
    if k >= 0:
        top, bottom = 10**k, 1
        exponent = top.bit_length() - 1
    else:
        top, bottom = 1, 10**-k
        exponent = -bottom.bit_length()
    shift = 127 - exponent
    if shift >= 0:
        top <<= shift
    else:
        bottom <<= -shift
    g = -(-top // bottom)
    assert 2**127 <= g < 2**128
    return g


def row(k):
    high, low = divmod(multiplier(k), 2**64)
    return f"{{0x{high:016x}, 0x{low:016x}}},"


rows = [row(k) for k in range(LOWEST, HIGHEST + 1)]
print("/*")
print(" * Powers of ten for number.c: 128 bits each, rounded up, high half first; 10^-292 to 10^324.")
print(" * Generated: python3 tests/tools/pow10_table.py > core/base/pow10_table.h")
print(" */")
print("#ifndef UPTAKE_BASE_POW10_TABLE_H")
print("#define UPTAKE_BASE_POW10_TABLE_H")
print()
print("#include <stdint.h>")
print()
print(f"enum {{ POW10_LOWEST = {LOWEST}, POW10_HIGHEST = {HIGHEST} }};")
print()
print("/* clang-format off */")
print("static const struct pow10 {")
print("    uint64_t high;")
print("    uint64_t low;")
print("} pow10_table[POW10_HIGHEST - POW10_LOWEST + 1] = {")
for first in range(0, len(rows), 2):
    print("    " + " ".join(rows[first : first + 2]))
print("};")
print("/* clang-format on */")
print()
print("#endif")
