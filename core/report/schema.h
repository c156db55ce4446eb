/*
 * The formats as JSON Schema (2020-12), for editors: docs, units, ranges and choices, with what the installed plugins read
 * and let tune. A schema says less than `uptake check`, and never refuses what that accepts.
 */
#ifndef UPTAKE_REPORT_SCHEMA_H
#define UPTAKE_REPORT_SCHEMA_H

#include "report/report.h"

void report_schema_model(const struct plugin_bundle *bundles, size_t n_bundles,
                         struct report_out *out);
void report_schema_spec(const struct plugin_bundle *bundles, size_t n_bundles,
                        struct report_out *out);

#endif
