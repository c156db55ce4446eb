/*
 * One piece of work by a bundle's code in a child of its own, held as a worker is: same sandbox, same limits, its death
 * named. For what is no batch of innovations: a merge.
 */
#ifndef UPTAKE_RUN_ONCE_H
#define UPTAKE_RUN_ONCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "plugin/plugin.h"

/* Memory that the child shares with the host, and nothing else: sections, each with an unreadable page before and
 * behind. Untrusted once a child has run. */
struct once_memory {
    char *map;
    size_t bytes;
    size_t used;
};

enum { ONCE_WHY_BYTES = 300 };

/*
 * body: loads nothing itself: the bundle is loaded; it answers 0, or says why not (room: 256 bytes). It may only
 * write to memory and its own.
 */
struct once {
    const struct plugin *plugin; /* or what a merge plugin shares with one */
    double seconds;              /* wall clock, for all of it */
    uint64_t memory;
    bool in_process; /* in the host itself, with no one to survive a crash */
    int (*body)(const struct uptake_bundle *loaded, void *data, char *why);
    void *data;
    struct once_memory shared;
};

/* Pages for sections of these sizes, in all. Fails with: out of memory. */
int once_open(struct once *once, const size_t *sections, size_t n_sections,
              struct uptake_error *error);
/* The next section; it ends where an unreadable page begins, at a multiple of 8. Never NULL where once_open had its
 * size. */
void *once_section(struct once *once, size_t bytes);
/* From here on nobody can write to what the section has. */
int once_seal(const void *section, size_t bytes);

/* 0: done. 1: it failed, why says how. -1: the machine failed, or an interrupt came (error->exit_code 128 + signal). */
int once_run(struct once *once, char why[ONCE_WHY_BYTES], struct uptake_error *error);
void once_close(struct once *once);

#endif
