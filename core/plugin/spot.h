/* A place in a bundle, for messages: "plugin 'x', read 2 'support[].needed': ...". */
#ifndef UPTAKE_PLUGIN_SPOT_H
#define UPTAKE_PLUGIN_SPOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Zeroed: the bundle as a whole. */
struct spot {
    bool merge;       /* it is a merge plugin */
    size_t plugin;    /* its position, from 1; 0: the bundle as a whole */
    const char *id;   /* NULL: not known yet, the position is named instead */
    const char *kind; /* "read", "param", "write"; NULL: the plugin as a whole */
    size_t row;       /* from 0, as the ABI's indices are */
    const char *name; /* the row's path or name; NULL: not known yet */
};

/* "SPOT: MESSAGE", exit code 2; returns -1. */
__attribute__((format(printf, 3, 4))) int
spot_refuse(const struct spot *spot, struct uptake_error *error, const char *format, ...);

#endif
