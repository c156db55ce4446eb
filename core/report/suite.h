/* What the conformance suite found, for people and as JSON. */
#ifndef UPTAKE_REPORT_SUITE_H
#define UPTAKE_REPORT_SUITE_H

#include "check/suite.h"
#include "report/report.h"

/* What failed, with the command that shows it again; then what was not looked for, and why. */
int report_suite(const struct suite *suite, const struct report_style *style,
                 struct report_out *out, struct uptake_error *error);
/* {"plugin", "version", "bundle", "seed", "passed", "failed", "checks": [{"name", "verdict", "means", "text", "again"}]} */
void report_suite_json(const struct suite *suite, struct report_out *out);

#endif
