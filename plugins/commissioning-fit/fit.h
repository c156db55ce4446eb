/*
 * What the files of commissioning-fit share. Points in parentheses are those at the head of plugin.c.
 *
 *     checks.c    (1) to (7)   the seven checks
 *     held.c      (9), (10)    what was left after a lever ended; levers that enable
 *     findings.c               what a commissioner should read
 *     portfolio.c (11)         all innovations together
 *     dates.c                  dates as words, and what is in force
 *
 * Shared functions begin with fit_, so that they meet no name of another plugin or of the host where the tests
 * link all into one program.
 */
#ifndef COMMISSIONING_FIT_H
#define COMMISSIONING_FIT_H

#include <stdbool.h>

#include <uptake/plugin.h>

/* Reads. */
enum {
    KIND,
    PRIORITIES,
    PRIORITY,
    PRIORITY_LEVEL,
    PRIORITY_ENDS,
    LEVERS,
    LEVER_KIND,
    LEVER_SCHEME,
    LEVER_SCOPE,
    LEVER_VERDICT,
    LEVER_EFFECT,
    LEVER_NAME,
    LEVER_ENDS,
    LEVER_FOLLOWS,
    VEHICLES,
    VEHICLE_NAME,
    VEHICLE_ENDS,
    VEHICLE_FOLLOWS,
    MEASURED,
    OBSERVED_METRIC,
    OBSERVED_KIND,
    OBSERVED_UNIT,
    OBSERVED_GEOGRAPHY,
    OBSERVED_PERIOD,
    OBSERVED_VALUE,
    RULES,
    RULE_ID,
    INNOVATION_ID
};

/* Writes: the headline, the seven checks, the rest. */
enum { FIT, CHECK, HELD = CHECK + 7, ENABLING, RULE_STATUS, RULE_REASON };

/* The checks, in the order of their writes. */
enum { NATIONAL, LOCAL, GUIDANCE, RULES_MET, IS_MEASURED, LASTING, BEYOND, CHECKS };

enum { MET, UNMET, UNKNOWN, NOT_APPLICABLE, STATUSES };

/* Choices of levers[].kind, in the plugin's order. */
enum {
    TARGET,
    TARIFF,
    MANDATE,
    FRAMEWORK,
    INCENTIVE,
    GRANT,
    PAYMENT,
    CONTRACT,
    PROGRAMME,
    KIND_GUIDANCE,
    INQUIRY
};
enum { SCOPE_NATIONAL, SCOPE_REGIONAL, SCOPE_LOCAL };
enum { ENABLES, HINDERS, MIXED };

struct params {
    int64_t months; /* before an end */
};

/* Rows of one innovation. */
struct rows {
    int64_t from, to;
};
static inline struct rows fit_rows(const struct uptake_call *call, uint32_t read, uint64_t i)
{
    const int64_t *offsets = uptake_list(call, read);
    return (struct rows){offsets[i], offsets[i + 1]};
}

/* Why a list of the innovation is empty; UPTAKE_PRESENT: it is not. */
static inline int fit_why(const struct uptake_call *call, uint32_t list, uint64_t i)
{
    return ((const int8_t *)uptake_column_of(call, list)->values)[i];
}

/* --- dates.c ------------------------------------------------------------------------------------ */

enum { DATE_TEXT = 24 };
/* "2025-12", of the end of the period. */
const char *fit_month_of(struct uptake_period period, char text[DATE_TEXT]);
/* Not ended before as_of; what is not known to have ended counts as in force. */
bool fit_in_force(const struct uptake_call *call, struct uptake_period ends);

/* --- checks.c ----------------------------------------------------------------------------------- */

/* MET, UNMET, UNKNOWN or NOT_APPLICABLE, by check. */
void fit_checks(const struct uptake_call *call, uint64_t i, int checks[CHECKS]);
/* Of one row of vehicles or paying levers (read: its ends): whether it goes on, by itself or through what follows, (6). */
int fit_goes_on(const struct uptake_call *call, uint32_t ends, uint32_t follows, struct rows rows,
                int64_t row);
bool fit_pays(int32_t lever_kind);
/* Of vehicles, or levers that pay, that have all ended, the row that ended last; -1: one is in force, or there is none. */
int64_t fit_last_ended(const struct uptake_call *call, uint32_t ends, bool levers,
                       struct rows rows);

/* --- held.c ------------------------------------------------------------------------------------- */

struct amount {
    double best, low, high; /* best: a NaN where there is none */
};
struct held {
    struct amount share;
    int64_t lever; /* whose end it is */
};
struct held fit_held(const struct uptake_call *call, uint64_t i);
struct amount fit_enabling(const struct uptake_call *call, uint64_t i);

/* --- findings.c --------------------------------------------------------------------------------- */

/* given: whether there is a fit. */
void fit_notes(struct uptake_call *call, uint64_t i, const int checks[CHECKS],
               const struct held *held, bool given);

/* --- portfolio.c: the state functions, as in struct uptake_plugin ------------------------------- */

size_t fit_state_bytes(const struct uptake_counts *counts, const void *params);
int fit_update(struct uptake_call *call);
int fit_combine(void *into, const void *from, const void *params);
int fit_finish(struct uptake_call *call);

#endif
