/* Anchors and aliases: see replay.h. */
#include "base/replay.h"

#include <stdlib.h>
#include <string.h>

/* Events and bytes that all aliases of a document may stand for; an anchor of more is not kept. */
enum { EVENTS_MAX = 10000, BYTES_MAX = 4 << 20, ANCHORS_MAX = 10000 };

/* What an anchor stands for: its events, with their own copies of the texts. */
struct anchor {
    char *name;
    struct yaml_event *events;
    size_t count;
    size_t room;
    size_t bytes; /* of all texts */
    int depth;    /* of the value; -1: closed */
    bool too_large;
};

static const struct anchor *find(const struct replay *replay, const char *name)
{
    for (size_t k = replay->count; k-- > 0;)
        if (strcmp(replay->anchors[k].name, name) == 0)
            return &replay->anchors[k];
    return NULL;
}

int replay_open(struct replay *replay, const char *name, int depth, struct place place,
                struct uptake_error *error)
{
    if (replay->count == ANCHORS_MAX)
        return error_at(error, place, "more than %d anchors", ANCHORS_MAX);
    if (replay->count == replay->room) {
        size_t room = replay->room ? replay->room * 2 : 8;
        struct anchor *grown = realloc(replay->anchors, room * sizeof *grown);
        if (!grown)
            return error_memory(error);
        replay->anchors = grown;
        replay->room = room;
    }
    char *copy = strdup(name);
    if (!copy)
        return error_memory(error);
    replay->open[replay->n_open++] = replay->count;
    replay->anchors[replay->count++] = (struct anchor){.name = copy, .depth = depth};
    return 0;
}

static void clear(struct anchor *anchor)
{
    for (size_t k = 0; k < anchor->count; k++)
        if (anchor->events[k].kind == YAML_SCALAR)
            free((char *)(uintptr_t)anchor->events[k].text);
    free(anchor->events);
    anchor->events = NULL;
    anchor->count = 0;
}

static int grow(struct anchor *anchor)
{
    size_t room = anchor->room ? anchor->room * 2 : 16;
    struct yaml_event *grown = realloc(anchor->events, room * sizeof *grown);
    if (!grown)
        return -1;
    anchor->events = grown;
    anchor->room = room;
    return 0;
}

static int append(struct anchor *anchor, const struct yaml_event *event)
{
    if (anchor->too_large)
        return 0;
    if (anchor->count == EVENTS_MAX || event->bytes > BYTES_MAX - anchor->bytes) {
        anchor->too_large = true;
        clear(anchor);
        return 0;
    }
    if (anchor->count == anchor->room && grow(anchor) != 0)
        return -1;
    struct yaml_event copy = *event;
    if (event->kind == YAML_SCALAR) {
        char *text = malloc(event->bytes + 1);
        if (!text)
            return -1;
        memcpy(text, event->text, event->bytes);
        text[event->bytes] = 0;
        copy.text = text;
    }
    anchor->bytes += event->bytes;
    anchor->events[anchor->count++] = copy;
    return 0;
}

int replay_record(struct replay *replay, const struct yaml_event *event, int depth,
                  struct uptake_error *error)
{
    for (size_t k = replay->n_open; k-- > 0;) {
        struct anchor *anchor = &replay->anchors[replay->open[k]];
        if (append(anchor, event) != 0)
            return error_memory(error);
        if (depth == anchor->depth) { /* the innermost only: its value ends here */
            anchor->depth = -1;
            replay->n_open--;
        }
    }
    return 0;
}

int replay_start(struct replay *replay, const char *name, struct place place,
                 struct uptake_error *error)
{
    const struct anchor *anchor = find(replay, name);
    if (!anchor)
        return error_at(error, place, "the alias '*%.40s' has no anchor '&%.40s' before it", name,
                        name);
    if (anchor->depth >= 0)
        return error_at(error, place, "the alias '*%.40s' stands inside the value it repeats",
                        name);
    if (anchor->too_large || anchor->count > EVENTS_MAX - replay->played ||
        anchor->bytes > BYTES_MAX - replay->played_bytes)
        return error_at(
            error, place,
            "aliases repeat more than %d values or %d bytes in all; write the values out",
            EVENTS_MAX, BYTES_MAX);
    replay->played += anchor->count;
    replay->played_bytes += anchor->bytes;
    replay->playing = anchor;
    replay->at = 0;
    return 0;
}

void replay_next(struct replay *replay, struct yaml_event *event)
{
    *event = replay->playing->events[replay->at++];
    if (replay->at == replay->playing->count)
        replay->playing = NULL;
}

void replay_finish(struct replay *replay)
{
    for (size_t k = 0; k < replay->count; k++) {
        clear(&replay->anchors[k]);
        free(replay->anchors[k].name);
    }
    free(replay->anchors);
    *replay = (struct replay){0};
}
