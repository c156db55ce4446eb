/* What a model does not say, as text or markdown, and as JSON. path: the spec or model, as it is called. */
#ifndef UPTAKE_REPORT_MISSING_H
#define UPTAKE_REPORT_MISSING_H

#include "check/missing.h"
#include "report/report.h"

int report_missing(const struct missing *missing, const char *path,
                   const struct report_style *style, struct report_out *out,
                   struct uptake_error *error);
void report_missing_json(const struct missing *missing, const char *path, struct report_out *out);

#endif
