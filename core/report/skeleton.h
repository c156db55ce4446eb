/* What a user of a plugin begins with: a spec's entry with every parameter, and a model with every field that is read. */
#ifndef UPTAKE_REPORT_SKELETON_H
#define UPTAKE_REPORT_SKELETON_H

#include "report/report.h"

/* A valid model, whose comments hold the spec: lines that begin with "#| ". Fails with: no such model can be made. */
int report_skeleton(const struct plugin *plugin, struct report_out *out,
                    struct uptake_error *error);

#endif
