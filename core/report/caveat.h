/*
 * What must be said wherever the numbers go: that they rest on desk reading, on hindsight, on nothing left
 * out, on a plugin that failed. One place, so that table, JSON and CSV say the same.
 */
#ifndef UPTAKE_REPORT_CAVEAT_H
#define UPTAKE_REPORT_CAVEAT_H

#include "report/view.h"

/* Fills view->caveats. A failure sticks to view->texts. */
void caveat_list(struct view *view);

/* Each a sentence, or NULL where there is nothing to say. */
const char *caveat_as_of(const struct result *result, struct texts *texts);
const char *caveat_where(const struct result *result, struct texts *texts);
const char *caveat_basis(const struct result *result, struct texts *texts);
const char *caveat_hindsight(const struct result *result, struct texts *texts);
const char *caveat_failure(const struct result_plugin *plugin, struct texts *texts);

#endif
