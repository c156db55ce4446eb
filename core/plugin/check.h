/* Between check.c, which holds a descriptor to its rules, and check_params.c, which does so with its parameters. */
#ifndef UPTAKE_PLUGIN_CHECK_H
#define UPTAKE_PLUGIN_CHECK_H

#include "plugin/describe.h"

struct checking {
    const struct plugin *plugin;
    struct arena *scratch;
    struct uptake_error *error;
    struct spot spot;
};

/* `refuse(c, format, ...)`: at the place that is looked at. */
#define refuse(c, ...) spot_refuse(&(c)->spot, (c)->error, __VA_ARGS__)

/* What is being looked at: the row of a kind ("read", "param", "write"), and its name. */
void check_look_at(struct checking *c, const char *kind, size_t row, const char *name);
/* Texts at a stride (a member of every row), all different. */
int check_different(struct checking *c, const void *first, size_t count, size_t stride,
                    const char *what);
size_t check_count_choices(const char *const *choices);
/* wanted: its type has choices. */
int check_choices(struct checking *c, const char *const *choices, bool wanted);
int check_range(const struct checking *c, double min, double max);

int check_flags(const struct checking *c, uint32_t flags, uint32_t known);

int check_params(struct checking *c);

#endif
