/*
 * What libFuzzer does to texts: half of the time its own, byte by byte; else by lines, as whoever edits a YAML file does:
 * one goes, comes twice, moves, is indented otherwise, or gets the value of another.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

struct span {
    size_t start, end;
};

static size_t below(unsigned *seed, size_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return n ? (*seed >> 8) % n : 0;
}

/* The line around a byte, its end included. */
static struct span line_at(const uint8_t *data, size_t size, size_t at)
{
    struct span line = {at, at};
    while (line.start && data[line.start - 1] != '\n')
        line.start--;
    while (line.end < size && data[line.end] != '\n')
        line.end++;
    line.end += line.end < size;
    return line;
}

/* What stands behind the first ':' of a line (or of a flow mapping's part of it). */
static struct span value_at(const uint8_t *data, size_t size, size_t at)
{
    struct span line = line_at(data, size, at), value;
    const uint8_t *colon = memchr(data + at, ':', line.end - at);
    value.start = colon ? (size_t)(colon - data) + 1 : at;
    value.end = value.start;
    while (value.end < line.end && !memchr("\n,}]", data[value.end], 4))
        value.end++;
    return value;
}

/* The bytes of `to` replaced by `bytes`. */
static size_t splice(uint8_t *data, size_t size, size_t most, struct span to, const uint8_t *bytes,
                     size_t count)
{
    size_t rest = size - to.end;
    if (to.start + count + rest > most)
        return size;
    memmove(data + to.start + count, data + to.end, rest);
    memcpy(data + to.start, bytes, count);
    return to.start + count + rest;
}

static size_t edit(uint8_t *data, size_t size, size_t most, const uint8_t *before, unsigned *seed)
{
    size_t at = below(seed, size), other = below(seed, size);
    struct span line = line_at(before, size, at), there = line_at(before, size, other), from, to;
    switch (below(seed, 7)) {
    case 0: return splice(data, size, most, line, before, 0);
    case 1:
        return splice(data, size, most, (struct span){line.end, line.end}, before + line.start,
                      line.end - line.start);
    case 2:
        return splice(data, size, most, (struct span){there.start, there.start},
                      before + line.start, line.end - line.start);
    case 3: return splice(data, size, most, line, before + there.start, there.end - there.start);
    case 4:
        return splice(data, size, most, (struct span){line.start, line.start},
                      (const uint8_t *)"    ", 1 + below(seed, 4));
    case 5:
        return before[line.start] == ' '
                   ? splice(data, size, most, (struct span){line.start, line.start + 1}, before, 0)
                   : size;
    default:
        from = value_at(before, size, other);
        to = value_at(before, size, at);
        return splice(data, size, most, to, before + from.start, from.end - from.start);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    if (size == 0 || seed & 1u)
        return LLVMFuzzerMutate(data, size, most);
    uint8_t *before = malloc(size);
    if (!before)
        return size;
    memcpy(before, data, size);
    size_t changed = edit(data, size, most, before, &seed);
    free(before);
    return changed;
}
