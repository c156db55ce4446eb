/*
 * A small result, filled by hand: three innovations, two plugins, one list, two merges. Its numbers are those of
 * plugins.md's worked cases where there is one (DAFNE, IAPT), else invented; nothing here was computed.
 */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include "report/out.h"
#include "report/report.h"
#include "result/result.h"

/* Static memory, filled afresh by every call: a test may change what it likes. */
struct result *sample_result(void);

/* The same with many innovations: m0, m1, ... (one plugin, one merge). Owned by the sample. */
struct result *sample_large(uint64_t innovations);

/* An output into memory, and what was written to it (NUL-terminated; free it). */
void sample_out(struct report_out *out);
char *sample_text(struct report_out *out);

#endif
