/*
 * A child that loads a bundle, asks it something and sends the answer as bytes. Whatever the bundle does (crash,
 * hang, exit, print, close files, fork), the host gets an answer or a message in time, and no process is left.
 */
#ifndef UPTAKE_PLUGIN_CHILD_H
#define UPTAKE_PLUGIN_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "plugin/bytes.h"
#include "uptake/plugin.h"

#define CHILD_REPLY_BYTES ((size_t)4 << 20)
#define CHILD_SECONDS 10.0
#define CHILD_MEMORY ((size_t)512 << 20) /* bytes it may grow by */

struct child_task {
    const char *path;
    double seconds;    /* 0: CHILD_SECONDS */
    const char *doing; /* for messages: "while its description was read" */
    /* Runs in the child. Fails with: a message, which is sent. */
    int (*ask)(const struct uptake_bundle *bundle, const void *context, struct bytes_out *out,
               struct uptake_error *error);
    const void *context;
    bool *
        lasting; /* NULL, or set to whether the same file will fail again: it crashed, hung, lied, but the loader
                    * did not merely miss a library */
};

/* On success *reply is the caller's to free; its bytes are not to be believed. Messages do not name the path. */
int child_ask(const struct child_task *task, void **reply, size_t *bytes,
              struct uptake_error *error);

/* load.c: as plugin_load, but messages do not name the path. */
int bundle_load(const char *path, const struct uptake_bundle **loaded, struct uptake_error *error);

#endif
