/* What a plugin declares, in words and in values: types, ranges, defaults. Shared by text and JSON. */
#ifndef UPTAKE_REPORT_WORDS_H
#define UPTAKE_REPORT_WORDS_H

#include "report/view.h"

const char *words_type(uint32_t type);    /* enum uptake_type */
const char *words_better(int32_t better); /* enum uptake_better: "higher", "lower", "neither" */
/* ", 0 to 1", ", 0 or more", "" where there is no limit. */
const char *words_range(struct texts *texts, double min, double max);
/* "a, b, c" */
const char *words_choices(struct texts *texts, const char *const *choices);
/* A parameter's default as it would be written in a spec. */
const char *words_default(struct texts *texts, const struct uptake_param *param);

/* What one row declares, in a line; its name and its doc are not in it. */
const char *words_read(struct texts *texts, const struct uptake_read *read);
const char *words_param(struct texts *texts, const struct uptake_param *param);
const char *words_write(struct texts *texts, const struct uptake_write *write, bool headline);

#endif
