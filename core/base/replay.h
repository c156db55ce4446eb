/*
 * Anchors and aliases: an anchor's events are recorded while they are read, and an alias plays them
 * again, so that whoever reads events need not know of either. What is played is bounded, in events
 * and in bytes: a few aliases of aliases would else stand for more values than there is memory.
 * Only the reader of YAML uses this.
 */
#ifndef UPTAKE_BASE_REPLAY_H
#define UPTAKE_BASE_REPLAY_H

#include "base/yaml.h"

enum { YAML_DEPTH = 64 };

struct anchor;

/* Zeroed is valid and empty. */
struct replay {
    struct anchor *anchors;
    size_t count;
    size_t room;
    size_t open[YAML_DEPTH +
                2]; /* anchors whose value has not ended, the innermost last: one a level */
    size_t n_open;
    const struct anchor *playing; /* NULL: none */
    size_t at;
    size_t played;
    size_t played_bytes;
};

/* The value that follows, at that depth, has an anchor. Fails with: too many of them, no memory. */
int replay_open(struct replay *replay, const char *name, int depth, struct place place,
                struct uptake_error *error);
/* Records an event for every anchor whose value is still open (n_open > 0). depth: behind the
 * event. */
int replay_record(struct replay *replay, const struct yaml_event *event, int depth,
                  struct uptake_error *error);
/* An alias: `playing` is set. Fails with: no such anchor, inside its own value, too much in all. */
int replay_start(struct replay *replay, const char *name, struct place place,
                 struct uptake_error *error);
/* The next event of what is playing; its place is that of the anchor's own event. */
void replay_next(struct replay *replay, struct yaml_event *event);
void replay_finish(struct replay *replay);

#endif
