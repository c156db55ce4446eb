/*
 * What the files of vehicle share: the indices of its reads and writes, and what one stage hands to the
 * next. Points in parentheses are those at the head of plugin.c.
 *
 *     vehicles.c  (1), (2)      the vehicles in force, their ends and successors
 *     checks.c    (3) to (7)    the five checks
 *     depend.c    (8)           who depends on a vehicle
 *     findings.c                what stands out, in words
 *     portfolio.c   (10)        all innovations together
 *
 * Shared functions begin with vehicle_, so that they meet no name of another plugin or of the host where
 * the tests link all into one program.
 */
#ifndef VEHICLE_H
#define VEHICLE_H

#include <stdbool.h>

#include <uptake/plugin.h>

/* Reads. */
enum {
    VEHICLES,
    ID,
    NAME,
    HOST,
    STARTS,
    ENDS,
    FOLLOWS,
    FTE_NEEDED,
    FTE_HELD,
    LICENCE,
    FEE,
    INCOME,
    INCOME_SOURCE,
    INCOME_SHARE,
    SUPPORT,
    SUPPORT_FOR,
    SUPPORT_PHASE,
    SUPPORT_NEEDED,
    SUPPORT_PROVIDED,
    SUPPORT_MET,
    SUPPORT_STARTS,
    SUPPORT_ENDS,
    SUPPORT_ADOPTER,
    SUPPORT_BY,
    SPELL_ADOPTER,
    SPELL_STATUS,
    INNOVATION_ID
};

/* Writes. */
enum {
    SECURED,
    CHECK_WRITES, /* and the four behind it */
    DEPENDENCE = CHECK_WRITES + 5,
    FUNDING_CONCENTRATION,
    MONTHS_LEFT,
    SUCCESSOR,
    FTE_SHARE,
    UNMET_SET_UP,
    DRIVEN_BY,
    WEAKEST_POINT
};

/* The checks, in the order of their writes. */
enum { GOES_ON, STAFFED, FUNDING_SPREAD, SET_UP_MET, CAN_DO_WITHOUT, CHECKS };

/* Kleene's order: "and" is the least, "or" the greatest. */
enum verdict { UNMET, UNKNOWN, MET, NOT_APPLICABLE };

enum { VEHICLES_MAX = 64, NAMES_BYTES = 128 };

struct params {
    int64_t months;
    double concentrated;
};

struct range {
    double best, low, high; /* best is a NaN where nothing is known */
};

/* Why the list of a parent row is empty (enum uptake_missing); UPTAKE_PRESENT: it is not. */
static inline int8_t vehicle_list_why(const struct uptake_call *call, uint32_t read, int64_t row)
{
    return ((const int8_t *)uptake_column_of(call, read)->values)[row];
}

/* --- vehicles.c --------------------------------------------------------------------------------- */

struct body {
    int64_t row;
    bool ended;
    bool succeeded;      /* some body follows it and has not ended */
    enum verdict lasts;  /* by its own end */
    enum verdict safe;   /* by its own end, or through one that follows it */
    struct range months; /* to its end; infinite: none is set; a NaN: not known */
};

struct fleet {
    int n, in_force;
    struct body bodies[VEHICLES_MAX];
};

/* False: too many. */
bool vehicle_fleet_read(const struct uptake_call *call, uint64_t i, struct fleet *fleet);

/* At as_of. Without as_of nothing has yet to start. */
bool vehicle_in_force(const struct uptake_call *call, uint32_t starts, uint32_t ends, int64_t at);

/* --- checks.c ----------------------------------------------------------------------------------- */

struct checks {
    enum verdict verdicts[CHECKS];
    struct range staff;   /* held over needed */
    struct range sources; /* Herfindahl index of the most concentrated body's income */
    int64_t concentrated, understaffed;   /* their rows; -1: none */
    int64_t set_up, unmet, unmet_perhaps; /* rows for the vehicle or the innovator */
};

/* The number with its bounds; none is 0, and what has no bound lies in 0..infinity. */
struct range vehicle_range_of(const struct uptake_call *call, uint32_t read, int64_t at);

void vehicle_check(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                   struct checks *checks);

/* Kleene's "and", passing over what does not apply. */
enum verdict vehicle_both(enum verdict a, enum verdict b);

/* --- depend.c ----------------------------------------------------------------------------------- */

struct dependence {
    enum verdict bound; /* by a licence or a fee: MET says yes */
    struct range share; /* of adopters */
    int64_t served,
        adopters; /* adopters whom it supports; all that have adopted and not stopped, each once */
};

/* A contract as licence, or a fee: check 5 of that body alone. */
enum verdict vehicle_can_do_without(const struct uptake_call *call, int64_t row);

/* Any licence, or a fee. */
enum verdict vehicle_binds(const struct uptake_call *call, int64_t row);

void vehicle_dependence_read(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                             struct dependence *dependence);

/* --- findings.c --------------------------------------------------------------------------------- */

/* Its name, else its id. Valid until the call returns. */
const char *vehicle_name_of(const struct uptake_call *call, int64_t row);

void vehicle_note_none(struct uptake_call *call, uint64_t i);

void vehicle_note_all(struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                      const struct checks *checks, const struct dependence *dependence);

/* --- portfolio.c -------------------------------------------------------------------------------- */

size_t vehicle_state_bytes(const struct uptake_counts *counts, const void *params);
int vehicle_update(struct uptake_call *call);
int vehicle_combine(void *into, const void *from, const void *params);
int vehicle_finish(struct uptake_call *call);

#endif
