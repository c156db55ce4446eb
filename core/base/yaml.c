/*
 * YAML as events: see yaml.h. A thin layer over libyaml's parser that adds what it lacks: a bound on depth,
 * on a value's size and on aliases, places for encoding errors, and refusals that say what to write instead.
 * The state kept per open collection is two bits, so a deep or huge file costs nothing.
 */
#include "base/yaml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/replay.h"
#include "base/yaml_input.h"
#include "base/yaml_memory.h"

enum { SCALAR_MAX = 1 << 20 };

struct level {
    bool map;
    bool key_next;
};

struct yaml {
    yaml_parser_t parser;
    yaml_event_t event;
    bool event_held; /* it owns something */
    bool own_memory; /* what libyaml takes comes from yaml_memory.c */
    struct yaml_input input;
    bool buffers_known; /* libyaml keeps its buffers as input_read expects */
    int depth;
    struct level levels[YAML_DEPTH + 1];
    struct replay replay;
    bool ended;
    bool failed;
};

/* --- Input ------------------------------------------------------------------------------------- */

/* How libyaml fills its buffers is its own affair: another version than those that were read gets every byte to check. */
static bool buffers_known(void)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    return major == 0 && minor == 2 && patch <= 5;
}

/*
 * What libyaml asks for bytes. It checks and copies what it is given one character at a time, a tenth of all that
 * reading costs; so a run of characters that are surely allowed and one byte long goes straight to where that copy
 * would have put it, and only what follows is given for checking: at least one byte, as none would be the end. Where
 * the rest of a character still waits with libyaml, what comes is all for it.
 */
static int input_read(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    struct yaml *yaml = data;
    yaml_parser_t *parser = &yaml->parser;
    struct yaml_input *input = &yaml->input;
    *size_read = 0;
    if (!input_wait(input))
        return 0;
    if (input->at == input->end)
        return 1;
    size_t plain = 0, room = (size_t)(parser->buffer.end - parser->buffer.last);
    if (buffer == parser->raw_buffer.pointer && yaml->buffers_known) {
        plain = input_plain(input);
        plain -= plain == input->end - input->at;
        plain = plain < room ? plain : 0;
        memcpy(parser->buffer.last, input->block + input->at, plain);
        parser->buffer.last += plain;
        parser->unread += plain;
        parser->offset += plain;
    }
    size_t odd = yaml->buffers_known ? input_odd(input, plain) : input->end - input->at;
    odd = odd < size ? odd : size;
    memcpy(buffer, input->block + input->at + plain, odd);
    input->at += plain + odd;
    *size_read = odd;
    return 1;
}

static struct place place_of_mark(const struct yaml *yaml, yaml_mark_t mark)
{
    return (struct place){yaml->input.name, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

/* --- Errors ------------------------------------------------------------------------------------ */

/* Places are where the character starts, so that the byte shown is the one to mend. */
static int fail_reading(struct yaml *yaml, struct uptake_error *error)
{
    const yaml_parser_t *parser = &yaml->parser;
    if (yaml->input.stride_over) {
        struct place line = {yaml->input.name, (uint32_t)parser->mark.line + 1, 1};
        return error_at(error, line, "a single value or comment is longer than %d bytes",
                        INPUT_STRIDE);
    }
    if (yaml->input.read_errno) {
        errno = yaml->input.read_errno;
        return error_errno(error, "read", yaml->input.name);
    }
    struct input_found found = input_find(&yaml->input, parser->offset);
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
    /* On the line where it began: most often a path with a filter, support[resource=time].needed, without quotes. */
    bool one_line = parser->problem_mark.line == parser->context_mark.line;
    const char *advice = one_line && strstr(problem, "did not find expected ','")
                             ? "; a text with [ ] { } or a comma in it stands in quotes there"
                             : "";
    if (parser->context)
        return error_at(error, place, "not valid YAML: %s, %s (which began at line %zu)%s", problem,
                        parser->context, parser->context_mark.line + 1, advice);
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

/* What libyaml's event owns must be given back; most events own nothing, nearly all others one text. */
static void release(struct yaml *yaml)
{
    yaml_event_t *event = &yaml->event;
    if (!yaml->event_held)
        return;
    yaml->event_held = false;
    if (yaml->own_memory && event->type == YAML_SCALAR_EVENT && !event->data.scalar.anchor &&
        !event->data.scalar.tag)
        yaml_memory_give_back(event->data.scalar.value);
    else
        yaml_event_delete(event);
}

/* The next raw event that matters: not a stream's or a document's. False in *got: the end. */
static int pull(struct yaml *yaml, bool *got, struct uptake_error *error)
{
    for (;;) {
        release(yaml);
        if (!yaml_parser_parse(&yaml->parser, &yaml->event))
            return fail_parsing(yaml, error);
        yaml->input.last_event = yaml->input.offset;
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
        *event = (struct yaml_event){.kind = YAML_END, .place = {yaml->input.name, 0, 0}};
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

static int start(struct yaml **yaml, struct yaml *fresh, struct uptake_error *error)
{
    if (!yaml_parser_initialize(&fresh->parser)) {
        input_close(&fresh->input);
        free(fresh);
        return error_memory(error);
    }
    fresh->own_memory = yaml_memory_is_used();
    yaml_parser_set_encoding(&fresh->parser, YAML_UTF8_ENCODING);
    fresh->buffers_known = buffers_known();
    yaml_parser_set_input(&fresh->parser, input_read, fresh);
    *yaml = fresh;
    return 0;
}

int yaml_open_bytes(struct yaml **yaml, const void *bytes, size_t count, const char *name,
                    struct uptake_error *error)
{
    struct yaml *fresh = calloc(1, sizeof *fresh);
    if (!fresh)
        return error_memory(error);
    input_open_bytes(&fresh->input, bytes, count, name);
    return start(yaml, fresh, error);
}

int yaml_open(struct yaml **yaml, const char *path, const char *name, struct uptake_error *error)
{
    struct yaml *fresh = calloc(1, sizeof *fresh);
    if (!fresh)
        return error_memory(error);
    if (input_open(&fresh->input, path, name, error) == 0)
        return start(yaml, fresh, error);
    free(fresh);
    return -1;
}

void yaml_close(struct yaml *yaml)
{
    if (!yaml)
        return;
    release(yaml);
    yaml_parser_delete(&yaml->parser);
    replay_finish(&yaml->replay);
    input_close(&yaml->input);
    free(yaml);
}
