/*
 * Calls one plugin in this process, over a model written as rows of text: enough to test its logic, and
 * no more. The host's own checks, sandbox and workers are tested elsewhere.
 *
 *     struct harness *h = harness_create(uptake_bundle_adopter_support());
 *     harness_innovation(h);
 *     harness_add(h, "support[]", "resource=time phase=running needed=8 provided=2<4<8");
 *     harness_run(h, 1);
 *     harness_best(h, "coverage", 0)
 *
 * A row: FIELD=VALUE, one space between. A number: 4, 2<4<8 (low, best, high), or a reason (unknown, none,
 * n/a, suppressed; suppressed:0:4 with its bounds). A date: 10..20 in days since 1970-01-01, or 10..open.
 * A reference: a row's number. Fields that are not named are left out. Whatever is not understood aborts.
 */
#ifndef UPTAKE_TESTS_PLUGINS_HARNESS_H
#define UPTAKE_TESTS_PLUGINS_HARNESS_H

#include <stddef.h>
#include <stdint.h>

#include <uptake/plugin.h>

const struct uptake_bundle *uptake_bundle_spread_barriers(void);
const struct uptake_bundle *uptake_bundle_adopter_support(void);
const struct uptake_bundle *uptake_bundle_vehicle(void);

enum { HARNESS_ROWS = 4608, HARNESS_INNOVATIONS = 16, HARNESS_READS = 32, HARNESS_NOTES = 64 };

struct harness_note {
    uint32_t entity;
    uint64_t row;
    int level;
    char text[UPTAKE_TEXT_BYTES];
};

struct harness {
    const struct uptake_plugin *plugin;
    uint64_t innovations;
    int32_t as_of; /* days; harness_create: 0, and given */
    int as_of_given;
    void *params; /* defaults, to be changed */
    void *state;  /* of the whole portfolio, after harness_run */
    size_t state_bytes;
    struct harness_note notes[HARNESS_NOTES];
    int n_notes;
    char skips[HARNESS_INNOVATIONS][UPTAKE_TEXT_BYTES]; /* "": not skipped */
    struct harness_private *private_;
};

/* Owns everything until harness_destroy. */
struct harness *harness_create(const struct uptake_bundle *bundle);
void harness_destroy(struct harness *h);

/* The next innovation; rows that follow are its own. */
void harness_innovation(struct harness *h);
/* A row of a list of it ("support[]"), of the last row of one ("vehicles[].income[]"), of the portfolio
 * ("/adopters[]"), or the innovation's own fields (""). */
void harness_add(struct harness *h, const char *list, const char *row);
/* Why the list of this innovation (of the last row, where lists nest) is empty. */
void harness_why(struct harness *h, const char *list, int why);
/* A number or integer param, or an entry of a table; entry NULL: no table. */
void harness_param(struct harness *h, const char *name, const char *entry, double value);

/* update, combine, finish and process over everything, in batches of that many innovations. */
void harness_run(struct harness *h, uint64_t batch);
/* update alone, over count innovations from first, into a state of state_bytes. */
void harness_update(struct harness *h, uint64_t first, uint64_t count, void *state);

/* What was written; an unwritten number is a NaN, an unwritten choice -1, an unwritten text "". */
double harness_best(const struct harness *h, const char *write, uint64_t row);
double harness_low(const struct harness *h, const char *write, uint64_t row);
double harness_high(const struct harness *h, const char *write, uint64_t row);
int32_t harness_choice(const struct harness *h, const char *write, uint64_t row);
const char *harness_text(const struct harness *h, const char *write, uint64_t row);

/* The first finding whose text contains that; NULL: none. */
const struct harness_note *harness_find(const struct harness *h, const char *part);

#endif
