/*
 * YAML as events: see yaml.h. A thin layer over libyaml's parser that adds what it lacks: a bound on depth,
 * on a value's size and on aliases, places for encoding errors, and refusals that say what to write instead.
 * The state kept per open collection is two bits, so a deep or huge file costs nothing.
 */
#include "base/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#include "base/replay.h"
#include "base/yaml_memory.h"

enum {
    SCALAR_MAX = 1 << 20,
    STRIDE_MAX = 4 << 20 /* bytes of input without a single event */
};

struct level {
    bool map;
    bool key_next;
};

struct yaml {
    yaml_parser_t parser;
    yaml_event_t event;
    bool event_held; /* it owns something */
    const char *name;
    int descriptor; /* -1: bytes */
    const unsigned char *bytes;
    size_t byte_count;
    off_t start; /* behind a byte order mark */
    off_t offset;
    off_t last_event; /* offset when the last event came */
    bool stride_over;
    int read_errno;
    int depth;
    struct level levels[YAML_DEPTH + 1];
    struct replay replay;
    bool ended;
    bool failed;
};

/* --- Input ------------------------------------------------------------------------------------- */

static int input_read(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    struct yaml *yaml = data;
    if (yaml->offset - yaml->last_event > STRIDE_MAX) {
        yaml->stride_over = true;
        return 0;
    }
    ssize_t got;
    if (yaml->descriptor < 0) {
        size_t left = yaml->byte_count - (size_t)yaml->offset;
        got = (ssize_t)(left < size ? left : size);
        memcpy(buffer, yaml->bytes + yaml->offset, (size_t)got);
    } else {
        do
            got = pread(yaml->descriptor, buffer, size, yaml->offset);
        while (got < 0 && errno == EINTR);
    }
    if (got < 0) {
        yaml->read_errno = errno;
        return 0;
    }
    yaml->offset += got;
    *size_read = (size_t)got;
    return 1;
}

/* A byte's place in the input, and the byte itself (-1: behind the end). */
struct found {
    struct place place;
    int byte;
};

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

/* Found by reading the input again: only on the way to an error. */
static struct found found_at(struct yaml *yaml, size_t wanted)
{
    struct found found = {{yaml->name, 1, 1}, -1};
    unsigned char buffer[4096], before = 0;
    yaml->offset = yaml->start;
    for (size_t at = 0;;) {
        size_t got = 0;
        yaml->last_event = yaml->offset;
        if (!input_read(yaml, buffer, sizeof buffer, &got) || got == 0)
            return found;
        for (size_t k = 0; k < got; k++, at++) {
            if (at == wanted) {
                found.byte = buffer[k];
                return found;
            }
            place_step(&found.place, buffer[k], before);
            before = buffer[k];
        }
    }
}

static struct place place_of_mark(const struct yaml *yaml, yaml_mark_t mark)
{
    return (struct place){yaml->name, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

/* --- Errors ------------------------------------------------------------------------------------ */

/* Places are where the character starts, so that the byte shown is the one to mend. */
static int fail_reading(struct yaml *yaml, struct uptake_error *error)
{
    const yaml_parser_t *parser = &yaml->parser;
    if (yaml->stride_over) {
        struct place line = {yaml->name, (uint32_t)parser->mark.line + 1, 1};
        return error_at(error, line, "a single value or comment is longer than %d bytes",
                        STRIDE_MAX);
    }
    if (yaml->read_errno) {
        errno = yaml->read_errno;
        return error_errno(error, "read", yaml->name);
    }
    struct found found = found_at(yaml, parser->offset);
    if (found.byte == 0)
        return error_at(error, found.place, "found a NUL byte; expected text in UTF-8");
    if (parser->problem && strstr(parser->problem, "control characters"))
        return error_at(error, found.place,
                        "found the control character 0x%02x; expected text in UTF-8",
                        (unsigned)parser->problem_value);
    return error_at(error, found.place,
                    "found a byte that is not UTF-8 (0x%02x); save the file as UTF-8",
                    (unsigned)found.byte & 0xffu);
}

static int fail_parsing(struct yaml *yaml, struct uptake_error *error)
{
    const yaml_parser_t *parser = &yaml->parser;
    yaml->ended = true;
    if (parser->error == YAML_MEMORY_ERROR)
        return error_memory(error);
    if (parser->error == YAML_READER_ERROR)
        return fail_reading(yaml, error);
    struct place place = place_of_mark(yaml, parser->problem_mark);
    const char *problem = parser->problem ? parser->problem : "cannot be read";
    if (strstr(problem, "cannot start any token"))
        return error_at(
            error, place,
            "not valid YAML: a value cannot start with this character (a tab, '@', '`' or "
            "'%%'); indent with spaces, or put the text in quotes");
    if (strstr(problem, "mapping values are not allowed"))
        return error_at(
            error, place,
            "not valid YAML: found ': ' inside a text; put the text in quotes, or mend the "
            "indentation");
    if (parser->context)
        return error_at(error, place, "not valid YAML: %s, %s (which began at line %zu)", problem,
                        parser->context, parser->context_mark.line + 1);
    return error_at(error, place, "not valid YAML: %s", problem);
}

/* --- Events ------------------------------------------------------------------------------------ */

static int check_scalar(const struct yaml_event *event, bool is_key, struct uptake_error *error)
{
    if (event->bytes > SCALAR_MAX)
        return error_at(error, event->place, "a single value of %zu bytes; at most %d are read",
                        event->bytes, SCALAR_MAX);
    if (!event->plain && memchr(event->text, 0, event->bytes))
        return error_at(error, event->place, "found an escaped NUL character; remove it");
    if (is_key && event->plain && event->bytes == 2 && memcmp(event->text, "<<", 2) == 0)
        return error_at(
            error, event->place,
            "merge keys ('<<') are not read; repeat the fields, or use an alias for a whole "
            "value");
    return 0;
}

/* Depth, keys and what may stand where. */
static int follow(struct yaml *yaml, const struct yaml_event *event, struct uptake_error *error)
{
    if (event->kind == YAML_MAP_END || event->kind == YAML_LIST_END) {
        yaml->depth--;
        return 0;
    }
    struct level *level = &yaml->levels[yaml->depth];
    bool is_key = level->map & level->key_next;
    level->key_next = !level->key_next;
    if (event->kind == YAML_SCALAR)
        return check_scalar(event, is_key, error);
    if (is_key)
        return error_at(error, event->place, "found a collection as a key; a key is a plain word");
    if (yaml->depth == YAML_DEPTH)
        return error_at(error, event->place, "nested deeper than %d levels", YAML_DEPTH);
    yaml->levels[++yaml->depth] = (struct level){event->kind == YAML_MAP, true};
    return 0;
}

/* What libyaml's event owns must be given back; most events own nothing. */
static void release(struct yaml *yaml)
{
    if (yaml->event_held)
        yaml_event_delete(&yaml->event);
    yaml->event_held = false;
}

/* The next raw event that matters: not a stream's or a document's. False in *got: the end. */
static int pull(struct yaml *yaml, bool *got, struct uptake_error *error)
{
    for (;;) {
        release(yaml);
        if (!yaml_parser_parse(&yaml->parser, &yaml->event))
            return fail_parsing(yaml, error);
        yaml->last_event = yaml->offset;
        if (yaml->event.type > YAML_DOCUMENT_END_EVENT) {
            *got = true;
            return 0;
        }
        yaml->event_held = true;
        *got = false;
        if (yaml->event.type == YAML_STREAM_END_EVENT || yaml->event.type == YAML_NO_EVENT)
            return 0;
        if (yaml->event.type == YAML_DOCUMENT_START_EVENT && yaml->ended)
            return error_at(error, place_of_mark(yaml, yaml->event.start_mark),
                            "a second document starts here; one file holds one document");
        if (yaml->event.type == YAML_DOCUMENT_END_EVENT)
            yaml->ended = true;
    }
}

/* What may stand in front of a value. */
struct properties {
    const yaml_char_t *tag, *anchor;
};

static struct properties convert(struct yaml *yaml, struct yaml_event *event)
{
    const yaml_event_t *raw = &yaml->event;
    struct properties properties = {NULL, NULL};
    *event =
        (struct yaml_event){.kind = YAML_MAP_END, .place = place_of_mark(yaml, raw->start_mark)};
    switch (raw->type) {
    case YAML_SCALAR_EVENT:
        event->kind = YAML_SCALAR;
        event->text = (const char *)raw->data.scalar.value;
        event->bytes = raw->data.scalar.length;
        event->plain = raw->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        properties = (struct properties){raw->data.scalar.tag, raw->data.scalar.anchor};
        yaml->event_held = true;
        return properties;
    case YAML_SEQUENCE_START_EVENT:
        event->kind = YAML_LIST;
        properties =
            (struct properties){raw->data.sequence_start.tag, raw->data.sequence_start.anchor};
        break;
    case YAML_MAPPING_START_EVENT:
        event->kind = YAML_MAP;
        properties =
            (struct properties){raw->data.mapping_start.tag, raw->data.mapping_start.anchor};
        break;
    case YAML_SEQUENCE_END_EVENT: event->kind = YAML_LIST_END; break;
    default: break;
    }
    yaml->event_held = properties.tag || properties.anchor;
    return properties;
}

/* An event from a recorded value; the alias itself stands where its value would. */
static int next_replayed(struct yaml *yaml, struct yaml_event *event, struct uptake_error *error)
{
    replay_next(&yaml->replay, event);
    return follow(yaml, event, error);
}

static int next_alias(struct yaml *yaml, struct yaml_event *event, struct uptake_error *error)
{
    yaml->event_held = true;
    if (replay_start(&yaml->replay, (const char *)yaml->event.data.alias.anchor,
                     place_of_mark(yaml, yaml->event.start_mark), error) != 0)
        return -1;
    return next_replayed(yaml, event, error);
}

static int next_parsed(struct yaml *yaml, struct yaml_event *event, struct uptake_error *error)
{
    bool got;
    if (pull(yaml, &got, error) != 0)
        return -1;
    if (!got) {
        *event = (struct yaml_event){.kind = YAML_END, .place = {yaml->name, 0, 0}};
        return 0;
    }
    if (yaml->event.type == YAML_ALIAS_EVENT)
        return next_alias(yaml, event, error);
    struct properties properties = convert(yaml, event);
    if (properties.tag)
        return error_at(error, event->place, "found the tag '%.40s'; tags are not read, remove it",
                        (const char *)properties.tag);
    if (properties.anchor && replay_open(&yaml->replay, (const char *)properties.anchor,
                                         yaml->depth, event->place, error) != 0)
        return -1;
    return follow(yaml, event, error);
}

int yaml_next(struct yaml *yaml, struct yaml_event *event, struct uptake_error *error)
{
    if (yaml->failed)
        return -1;
    int failed =
        yaml->replay.playing ? next_replayed(yaml, event, error) : next_parsed(yaml, event, error);
    if (!failed && yaml->replay.n_open && event->kind != YAML_END)
        failed = replay_record(&yaml->replay, event, yaml->depth, error);
    if (failed)
        yaml->failed = true;
    return failed;
}

int yaml_skip(struct yaml *yaml, const struct yaml_event *first, struct uptake_error *error)
{
    if (first->kind == YAML_SCALAR)
        return 0;
    for (int depth = yaml->depth; yaml->depth >= depth;) {
        struct yaml_event event;
        if (yaml_next(yaml, &event, error) != 0)
            return -1;
    }
    return 0;
}

/* --- Opening and closing ----------------------------------------------------------------------- */

/* libyaml would count a byte order mark as a column, and so see the first key as indented. */
static void skip_byte_order_mark(struct yaml *yaml)
{
    unsigned char first[3];
    size_t got = 0;
    if (input_read(yaml, first, sizeof first, &got) && got == 3 &&
        memcmp(first, "\xef\xbb\xbf", 3) == 0)
        yaml->start = 3;
    yaml->read_errno = 0;
    yaml->offset = yaml->start;
}

static int start(struct yaml **yaml, struct yaml *fresh, struct uptake_error *error)
{
    yaml_memory_use();
    if (!fresh || !yaml_parser_initialize(&fresh->parser)) {
        free(fresh);
        return error_memory(error);
    }
    yaml_parser_set_encoding(&fresh->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&fresh->parser, input_read, fresh);
    skip_byte_order_mark(fresh);
    *yaml = fresh;
    return 0;
}

int yaml_open_bytes(struct yaml **yaml, const void *bytes, size_t count, const char *name,
                    struct uptake_error *error)
{
    struct yaml *fresh = calloc(1, sizeof *fresh);
    if (fresh)
        *fresh = (struct yaml){
            .name = name, .descriptor = -1, .bytes = count ? bytes : "", .byte_count = count};
    return start(yaml, fresh, error);
}

static int open_regular(const char *path, const char *name, int *descriptor,
                        struct uptake_error *error)
{
    struct stat about;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0)
        return error_errno(error, "open", name);
    struct place place = {name, 0, 0};
    int failed = 0;
    if (fstat(*descriptor, &about) != 0)
        failed = error_errno(error, "look at", name);
    else if (S_ISDIR(about.st_mode))
        failed = error_at(error, place, "is a folder; expected a YAML file");
    else if (!S_ISREG(about.st_mode))
        failed = error_at(error, place, "is not a regular file; expected a YAML file");
    else if (about.st_size == 0)
        failed = error_at(error, place, "is empty; expected at least 'uptake: 1'");
    if (failed)
        close(*descriptor);
    return failed;
}

int yaml_open(struct yaml **yaml, const char *path, const char *name, struct uptake_error *error)
{
    int descriptor;
    if (open_regular(path, name, &descriptor, error) != 0)
        return -1;
    struct yaml *fresh = calloc(1, sizeof *fresh);
    if (fresh)
        *fresh = (struct yaml){.name = name, .descriptor = descriptor};
    if (start(yaml, fresh, error) == 0)
        return 0;
    close(descriptor);
    return -1;
}

void yaml_close(struct yaml *yaml)
{
    if (!yaml)
        return;
    release(yaml);
    yaml_parser_delete(&yaml->parser);
    replay_finish(&yaml->replay);
    if (yaml->descriptor >= 0)
        close(yaml->descriptor);
    free(yaml);
}
