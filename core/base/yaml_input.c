/* The bytes that the YAML reader reads: see yaml_input.h. Read with pread, never mapped: mapped pages count as memory. */
#include "base/yaml_input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

/* --- Blocks ------------------------------------------------------------------------------------ */

bool input_wait(struct yaml_input *input)
{
    ssize_t got;
    if (input->at < input->end)
        return true;
    if (input->offset - input->last_event > INPUT_STRIDE) {
        input->stride_over = true;
        return false;
    }
    if (input->descriptor < 0) {
        size_t left = input->byte_count - (size_t)input->offset;
        got = (ssize_t)(left < INPUT_BLOCK ? left : INPUT_BLOCK);
        memcpy(input->block, input->bytes + input->offset, (size_t)got);
    } else {
        do
            got = pread(input->descriptor, input->block, INPUT_BLOCK, input->offset);
        while (got < 0 && errno == EINTR);
    }
    if (got < 0) {
        input->read_errno = errno;
        return false;
    }
    input->offset += got;
    input->at = 0;
    input->end = (size_t)got;
    return true;
}

static bool is_plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t' || c == '\r';
}

size_t input_plain(const struct yaml_input *input)
{
    const unsigned char *begin = input->block + input->at, *end = input->block + input->end;
    const unsigned char *at = begin;
    for (;;) {
        while (end - at >= 8 && text_printable8(at))
            at += 8;
        const unsigned char *stop = end - at < 8 ? end : at + 8;
        while (at < stop && is_plain(*at))
            at++;
        if (at < stop || at == end)
            return (size_t)(at - begin);
    }
}

size_t input_odd(const struct yaml_input *input, size_t from)
{
    const unsigned char *begin = input->block + input->at + from, *at = begin + 1;
    while (at < input->block + input->end && !is_plain(*at))
        at++;
    return (size_t)(at - begin);
}

/* --- Places ------------------------------------------------------------------------------------ */

/* Counts one byte that stands before the place looked for; "\r\n" is one break, '\r' alone too. */
static void place_step(struct place *place, unsigned char byte, unsigned char before)
{
    if (byte == '\r' || (byte == '\n' && before != '\r')) {
        place->line++;
        place->column = 1;
    } else if (byte != '\n' && (byte & 0xc0) != 0x80) {
        place->column++;
    }
}

struct input_found input_find(struct yaml_input *input, size_t wanted)
{
    struct input_found found = {{input->name, 1, 1}, -1};
    unsigned char before = 0;
    size_t passed = 0;
    input->offset = input->last_event = input->start;
    input->at = input->end = 0;
    while (input_wait(input) && input->at < input->end) {
        for (; input->at < input->end; input->at++, passed++) {
            unsigned char byte = input->block[input->at];
            if (passed == wanted) {
                found.byte = byte;
                return found;
            }
            place_step(&found.place, byte, before);
            before = byte;
        }
        input->last_event = input->offset;
    }
    return found;
}

/* --- Opening and closing ----------------------------------------------------------------------- */

static void skip_byte_order_mark(struct yaml_input *input)
{
    if (input_wait(input) && input->end >= 3 && memcmp(input->block, "\xef\xbb\xbf", 3) == 0) {
        input->start = 3;
        input->at = 3;
    }
    input->read_errno = 0;
}

void input_open_bytes(struct yaml_input *input, const void *bytes, size_t count, const char *name)
{
    input->name = name;
    input->descriptor = -1;
    input->bytes = count ? bytes : (const void *)"";
    input->byte_count = count;
    skip_byte_order_mark(input);
}

static int check_regular(int descriptor, const char *name, struct uptake_error *error)
{
    struct stat about;
    struct place place = {name, 0, 0};
    if (fstat(descriptor, &about) != 0)
        return error_errno(error, "look at", name);
    if (S_ISDIR(about.st_mode))
        return error_at(error, place, "is a folder; expected a YAML file");
    if (!S_ISREG(about.st_mode))
        return error_at(error, place, "is not a regular file; expected a YAML file");
    if (about.st_size == 0)
        return error_at(error, place, "is empty; expected at least 'uptake: 1'");
    return 0;
}

int input_open(struct yaml_input *input, const char *path, const char *name,
               struct uptake_error *error)
{
    input->name = name;
    input->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (input->descriptor < 0)
        return error_errno(error, "open", name);
    if (check_regular(input->descriptor, name, error) != 0) {
        input_close(input);
        return -1;
    }
    skip_byte_order_mark(input);
    return 0;
}

void input_close(struct yaml_input *input)
{
    if (input->descriptor >= 0)
        close(input->descriptor);
    input->descriptor = -1;
}
