/* What holds for every plugin whose description was accepted. Shared by the tests and the fuzzer. */
#ifndef TESTS_PLUGIN_SOUND_H
#define TESTS_PLUGIN_SOUND_H

#include <string.h>

#include "plugin/describe.h"

static inline size_t texts_bytes(const char *const *texts)
{
    size_t bytes = 0;
    for (; texts && *texts; texts++)
        bytes += strlen(*texts);
    return bytes;
}

/* What the rest of the host relies on; touches every byte. */
static inline bool plugin_is_sound(const struct plugin *p)
{
    size_t bytes = strlen(p->id) + strlen(p->version) + strlen(p->title) + strlen(p->summary) +
                   strlen(p->source) + strlen(p->bundle);
    for (size_t k = 0; k < p->n_reads; k++) {
        bytes += strlen(p->reads[k].path) + strlen(p->reads[k].unit) + strlen(p->reads[k].doc);
        bytes += texts_bytes(p->reads[k].choices);
        if (p->reads[k].index != k || path_problem(p->reads[k].path))
            return false;
    }
    for (size_t k = 0; k < p->n_params; k++) {
        bytes += strlen(p->params[k].name) + strlen(p->params[k].doc);
        bytes += texts_bytes(p->params[k].choices);
        if (p->params[k].offset > p->params_bytes ||
            p->params[k].bytes > p->params_bytes - p->params[k].offset)
            return false;
    }
    for (size_t k = 0; k < p->n_writes; k++) {
        const struct uptake_rows *rests_on = &p->writes[k].rests_on;
        bytes += strlen(p->writes[k].name) + strlen(p->writes[k].doc);
        bytes += texts_bytes(p->writes[k].choices);
        for (size_t r = 0; r < rests_on->count; r++)
            if (((const uint32_t *)rests_on->rows)[r] >= p->n_reads)
                return false;
    }
    return bytes > 0 && p->n_writes > 0;
}

#endif
