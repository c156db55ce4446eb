/*
 * What the files of adopter-support share: the indices of its reads and writes, and what one stage
 * hands to the next. Points in parentheses are those at the head of plugin.c.
 *
 *     rows.c      (1) to (3)  a row of support[], and how often it counts
 *     cells.c     (4)         an innovation's rows to cells
 *     coverage.c  (5), (6)    cells to resources, resources to coverage
 *     adopters.c  (7)         rows to adopters, over all innovations
 *     levers.c    (8)         who gets what levers pay
 *     findings.c              what stands out in an innovation's cells
 *     words.c                 how resources, units and figures are said
 *
 * Shared functions begin with support_, so that they meet no name of another plugin or of the host where
 * the tests link all into one program.
 */
#ifndef ADOPTER_SUPPORT_H
#define ADOPTER_SUPPORT_H

#include <stdbool.h>

#include <uptake/plugin.h>

/* Reads. */
enum {
    SUPPORT,
    RESOURCE,
    PHASE,
    UNIT,
    NEEDED,
    PROVIDED,
    MET,
    ADOPTER,
    RECIPIENT,
    BY,
    STARTS,
    ENDS,
    SPELL_ADOPTER,
    SPELL_STATUS,
    ADOPTER_ID,
    LEVER_RECIPIENT,
    LEVER_UNIT,
    LEVER_VALUE,
    LEVER_STARTS,
    LEVER_ENDS
};

/* Writes. */
enum {
    COVERAGE,
    KNOWN,
    WEAKEST,
    WEAKEST_RESOURCE,
    OTHERS_SHORT,
    REWARD_BALANCE,
    GAP,
    ADOPTER_COVERAGE,
    ADOPTER_SHORT_RESOURCES,
    ADOPTER_SHORT_OF
};

enum { RESOURCES = 9, PHASES = 2, PAIRS = RESOURCES * PHASES };
enum { MET_UNIT = 9, NO_UNIT = 10, UNITS = 11, CELLS = PAIRS * UNITS };
enum { WINDOW = 256, NAMES_BYTES = 128 };

struct params {
    double weights[RESOURCES];
    double least_known;
};

/* --- rows.c ------------------------------------------------------------------------------------- */

struct amount {
    double best, low, high; /* best is a NaN where missing */
};

struct row {
    int resource, phase, unit, pair, cell;
    int64_t adopter; /* -1: stands for those without a row of their own */
    bool others;     /* for the innovator or a vehicle */
    bool known, ended;
    struct amount need, have;
};

/* A stretch of the adopters' table. Bit k of pairs: has a row of its own for that pair. */
enum { HAS_SPELL = 1 << PAIRS };
struct window {
    int64_t base;
    uint32_t pairs[WINDOW];
};

/* The number with its bounds; none is 0, and what has no bound lies in 0..infinity. */
struct amount support_amount_of(const struct uptake_call *call, uint32_t read, int64_t at);

/* At as_of. Without as_of nothing has yet to start. */
bool support_in_force(const struct uptake_call *call, uint32_t starts, uint32_t ends, int64_t at);

/* False: the row is left out. */
bool support_row_read(const struct uptake_call *call, int64_t at, struct row *row);

/* The next stretch in which some adopter has a spell; false: there is none. Begins at base -WINDOW. */
bool support_window_next(const struct uptake_call *call, uint64_t i, struct window *window);

/* How often a row without adopter counts, by pair. */
void support_times_count(const struct uptake_call *call, uint64_t i, double times[PAIRS]);

/* Needed less provided; of a known row. */
static inline double row_gap(const struct row *row)
{
    return fmax(0, row->need.best - row->have.best);
}

static inline double share(double part, double whole)
{
    return whole > 0 ? fmin(1, part / whole) : 1;
}

/* --- cells.c ------------------------------------------------------------------------------------ */

struct cell {
    int id;
    bool known, ended;
    double best, low, high; /* of c; best only where known */
    double need, have;      /* sums over known rows: of needs, and of min(provided, needed) */
    double top_need, top_have;
    double pass_need, pass_have;
    double short_low, short_high, times;
    double worst; /* the largest gap of a row, and the row */
    int64_t row;
};

/* The cells that rows name, in the order of the rows; place: of a cell by id, 0: none, else 1 more. */
struct grid {
    int n;
    struct cell cells[CELLS];
    uint8_t place[CELLS];
    double times[PAIRS];
    int64_t others, others_short, others_surely, others_perhaps;
};

/* Reads the rows of innovation i, and writes their gaps. */
void support_grid_read(const struct uptake_call *call, uint64_t i, struct grid *grid);

/* --- coverage.c --------------------------------------------------------------------------------- */

struct part {
    int used, known; /* cells */
    double best, low, high;
};

struct total {
    double coverage, low, high, known;
    double weakest, weakest_low, weakest_high;
    int weakest_resource; /* -1: none is short */
    int needed, n_known;
};

void support_parts_read(const struct grid *grid, struct part parts[RESOURCES]);
struct total support_total_of(const struct part *parts, const double *weights);

/* Says why there is no coverage; false: there is. */
bool support_skipped(struct uptake_call *call, uint64_t i, const struct part *parts,
                     const struct total *total);

/* Bounds are made to enclose the best. */
static inline void write_number(const struct uptake_call *call, uint32_t write, uint64_t row,
                                double low, double best, double high)
{
    uptake_output(call, write)[row] = best;
    uptake_output_low(call, write)[row] = fmin(low, best);
    uptake_output_high(call, write)[row] = fmax(high, best);
}

/* --- adopters.c: the state functions, as in struct uptake_plugin -------------------------------- */

size_t support_state_size(const struct uptake_counts *counts, const void *with);
int support_update(struct uptake_call *call);
int support_combine(void *into, const void *from, const void *with);
int support_finish(struct uptake_call *call);

/* --- levers.c, findings.c, words.c -------------------------------------------------------------- */

/* Writes reward_balance, unless no recipient is stated. */
void support_write_reward(const struct uptake_call *call, uint64_t i);

void support_note_all(struct uptake_call *call, uint64_t i, const struct grid *grid,
                      const struct part *parts);

/* The resource, in words of a sentence. */
const char *support_spoken(int resource);

/* Puts two words down, NUL behind; NAMES_BYTES hold all resources. Answers their bytes. */
size_t support_name_add(char *to, const char *comma, const char *word);

/* As many digits as such figures have: three, or all of a whole number or a large one. */
double support_figure(double x);

/* " hours a week", or of one " hour a week"; "" where the unit has no words. */
const char *support_unit_words(int unit, bool one);

#endif
