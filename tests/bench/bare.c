/*
 * bare FILE: libyaml's own event loop over a file, and nothing else: what any reader that is built on
 * libyaml must spend on one core. Input is read with pread, as uptake reads it, in the blocks that
 * libyaml asks for.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#include "stopwatch.h"

struct input {
    int descriptor;
    off_t offset;
};

static int input_read(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    struct input *input = data;
    ssize_t got;
    do
        got = pread(input->descriptor, buffer, size, input->offset);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return 0;
    input->offset += got;
    *size_read = (size_t)got;
    return 1;
}

/* Events up to the end of the stream; 0: a syntax error. */
static uint64_t count_events(struct input *input)
{
    yaml_parser_t parser;
    yaml_event_t event;
    uint64_t count = 0;
    int done = 0;
    if (!yaml_parser_initialize(&parser))
        return 0;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&parser, input_read, input);
    while (!done) {
        if (!yaml_parser_parse(&parser, &event)) {
            count = 0;
            break;
        }
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        count++;
    }
    yaml_parser_delete(&parser);
    return count;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: bare FILE\nTimes libyaml's bare event loop.\n", argc == 1 ? stdout : stderr);
        return argc == 1 ? 0 : 2;
    }
    struct input input = {open(argv[1], O_RDONLY | O_CLOEXEC), 0};
    if (input.descriptor < 0) {
        fprintf(stderr, "bare: cannot open %s: %s\n", argv[1], strerror(errno));
        return 1;
    }
    struct stopwatch watch = stopwatch_start();
    uint64_t events = count_events(&input);
    if (events == 0) {
        fprintf(stderr, "bare: %s is not valid YAML, or cannot be read\n", argv[1]);
        return 1;
    }
    stopwatch_print(&watch);
    printf(" events=%" PRIu64 "\n", events);
    close(input.descriptor);
    return 0;
}
