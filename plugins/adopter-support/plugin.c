/*
 * adopter-support: how much of what adopters need do they get, and what are they short of?
 *
 * (1) Row. c = min(1, provided / needed). A `met` row needs 1 and has no 0, partly .5 [0, 1], yes 1.
 *     Rows for an innovator or a vehicle are kept apart: (8).
 * (2) Missing. `none` provided is 0. Needed 0 or none, or anything not applicable, leaves the row out.
 *     Otherwise what is missing lies somewhere in 0..infinity, or where it was suppressed to: the row
 *     is not known, and only enters lows and highs. Outside starts..ends at as_of 0 is provided.
 * (3) Times. A row that names an adopter counts once. A row that names none counts once for each
 *     adopter with a spell that has not stopped and no row of its own for that resource and phase, and
 *     at least once.
 * (4) Cell = resource x phase x unit: c = sum min(provided, needed) / sum needed over its known rows, so
 *     that a surplus never offsets. Its low and high are the least and the greatest that the ranges of
 *     all its rows allow.
 * (5) Resource: c_k = mean over its known cells; its low puts unknown cells at their low (0 where
 *     nothing is known), its high at their high (1).
 * (6) coverage = sum w_k c_k / sum w_k over resources with a known cell; low and high over all that are
 *     needed. known = their share of the weight; skipped below least_known. weakest = least c_k.
 *     A resource of weight 0 is left out of all of these.
 * (7) Adopter, over all innovations: as (5) and (6), with the c of its rows in place of cells; rows of
 *     (3) that stand for it count. Sums are whole billionths, so that combine is exactly associative.
 * (8) reward_balance = what adopters get / what all stated recipients get, over levers in gbp_per_year
 *     in force; what goes to nobody stated enters low and high; unwritten where no recipient is stated.
 *
 * Ranges: shares 0..1. Source: needs that adopters and innovators state in The spread challenge (Health
 * Foundation, 2018) and the first recommendation of Against the Odds (2018); the arithmetic is ours.
 */
#include <stdbool.h>
#include <stdio.h>

#include <uptake/plugin.h>

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

static const char *const resources[] = {"time",   "space",       "staff",         "money",
                                        "skills", "recognition", "peer_learning", "readiness",
                                        "data",   NULL};
static const char *const phases[] = {"set_up", "running", NULL};
static const char *const units[] = {"hours_per_week", "wte",    "gbp_once",  "gbp_per_year",
                                    "rooms",          "people", "days_once", "days_per_year",
                                    "share",          NULL};
static const char *const met_words[] = {"no", "partly", "yes", NULL};
static const char *const recipients[] = {"adopter", "innovator", "vehicle", NULL};
static const char *const statuses[] = {"piloting", "adopted", "adapted", "stopped", NULL};
static const char *const paid[] = {"adopter", "innovator", "vehicle", "commissioner", NULL};
static const char *const lever_units[] = {"gbp_per_year", "gbp_once", "share", "other", NULL};

enum { RESOURCES = 9, PHASES = 2, PAIRS = RESOURCES * PHASES };
enum { MET_UNIT = 9, NO_UNIT = 10, UNITS = 11, CELLS = PAIRS * UNITS };
enum { STOPPED = 3, PASSES_MAX = 16, WINDOW = 256, LINE_BYTES = 200 };

struct params {
    double weights[RESOURCES];
    double least_known;
};

static const struct uptake_read reads[] = {
    UPTAKE_READ_LIST(SUPPORT, "support[]", "why it is empty, where it is"),
    UPTAKE_READ_CHOICE(RESOURCE, "support[].resource", resources, "what adopting takes"),
    UPTAKE_READ_CHOICE(PHASE, "support[].phase", phases, "when it is needed"),
    UPTAKE_READ_CHOICE(UNIT, "support[].unit", units, "unit of needed and provided"),
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT,
                             "how much it takes"),
    UPTAKE_READ_NUMBER_DOUBT(PROVIDED, "support[].provided", "", 0, UPTAKE_NO_LIMIT,
                             "how much is given"),
    UPTAKE_READ_CHOICE(MET, "support[].met", met_words, "instead of needed, provided and unit"),
    UPTAKE_READ_REF(ADOPTER, "support[].adopter", "whose row it is; left out: every adopter's"),
    UPTAKE_READ_CHOICE(RECIPIENT, "support[].for", recipients,
                       "who needs it; left out: the adopter"),
    UPTAKE_READ_DATE(STARTS, "support[].starts", "from when it is given"),
    UPTAKE_READ_DATE(ENDS, "support[].ends", "until when it is given"),
    UPTAKE_READ_REF(SPELL_ADOPTER, "spells[].adopter", "who adopted"),
    UPTAKE_READ_CHOICE(SPELL_STATUS, "spells[].status", statuses,
                       "stopped: needs nothing any more"),
    UPTAKE_READ_TEXT(ADOPTER_ID, "/adopters[].id", "names the adopter in findings"),
    UPTAKE_READ_CHOICE(LEVER_RECIPIENT, "levers[].recipient", paid, "who gets what it pays"),
    UPTAKE_READ_CHOICE(LEVER_UNIT, "levers[].unit", lever_units, "gbp_per_year counts"),
    UPTAKE_READ_NUMBER_DOUBT(LEVER_VALUE, "levers[].value", "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT,
                             "what it pays"),
    UPTAKE_READ_DATE(LEVER_STARTS, "levers[].starts", "from when it pays"),
    UPTAKE_READ_DATE(LEVER_ENDS, "levers[].ends", "until when it pays"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, UPTAKE_NO_LIMIT, "", resources,
                       "what each resource counts for in coverage"),
    UPTAKE_PARAM_NUMBER(struct params, least_known, 0.5, 0, 1, "",
                        "share of the weight that must be known for coverage to be given"),
};

static const uint32_t support_reads[] = {RESOURCE, NEEDED, PROVIDED, MET};
static const uint32_t lever_reads[] = {LEVER_RECIPIENT, LEVER_VALUE};

/* As UPTAKE_WRITE, with the reads that it rests on. */
#define WRITE_ON(rests_on, index, type, flags, better, name, entity, unit, min, max, tolerance,    \
                 quantity, choices, doc)                                                           \
    {                                                                                              \
        index, type, flags, better, name, entity, unit, min, max, tolerance, quantity, choices,    \
            UPTAKE_ROWS(rests_on), doc                                                             \
    }

static const struct uptake_write writes[] = {
    WRITE_ON(support_reads, COVERAGE, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "coverage", "",
             "", 0, 1, 0.05, "support-coverage", NULL,
             "share of what adopters need that they get, over resources"),
    WRITE_ON(support_reads, KNOWN, UPTAKE_NUMBER, 0, UPTAKE_HIGHER, "known", "", "", 0, 1, 0, "",
             NULL, "share of the weight of needed resources for which both sides are known"),
    WRITE_ON(support_reads, WEAKEST, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "weakest", "", "",
             0, 1, 0.05, "support-weakest", NULL, "coverage of the least covered resource"),
    WRITE_ON(support_reads, WEAKEST_RESOURCE, UPTAKE_CHOICE, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
             "weakest_resource", "", "", 0, 0, 0, "", resources,
             "which one that is (of equals the first); absent where none is short"),
    WRITE_ON(support_reads, OTHERS_SHORT, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
             UPTAKE_LOWER, "others_short", "", "rows", 0, UPTAKE_NO_LIMIT, 0, "", NULL,
             "rows for the innovator or a vehicle that are short; absent where there are none"),
    WRITE_ON(lever_reads, REWARD_BALANCE, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
             UPTAKE_NEITHER, "reward_balance", "", "", 0, 1, 0.05, "", NULL,
             "what adopters get of what levers pay a year; absent where no recipient is stated"),
    WRITE_ON(support_reads, GAP, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER, "gap", "support[]",
             "", 0, UPTAKE_NO_LIMIT, 0, "", NULL,
             "needed less provided, at least 0, in the row's own unit; absent for met rows"),
    WRITE_ON(support_reads, ADOPTER_COVERAGE, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
             UPTAKE_HIGHER, "adopter_coverage", "/adopters[]", "", 0, 1, 0.05, "", NULL,
             "coverage of the adopter's rows over all innovations"),
    WRITE_ON(support_reads, ADOPTER_SHORT_RESOURCES, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER,
             "adopter_short_resources", "/adopters[]", "resources", 0, RESOURCES, 0, "", NULL,
             "resources of which the adopter is short on some innovation"),
    WRITE_ON(support_reads, ADOPTER_SHORT_OF, UPTAKE_TEXT, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
             "adopter_short_of", "/adopters[]", "", 0, 0, 0, "", NULL, "names of those resources"),
};

/* --- A row: (1), (2) -------------------------------------------------------------------------- */

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

static struct amount amount_of(const struct uptake_call *call, uint32_t read, int64_t at)
{
    double best = uptake_numbers(call, read)[at];
    double low = uptake_low(call, read)[at], high = uptake_high(call, read)[at];
    if (uptake_why(best) == UPTAKE_NONE)
        return (struct amount){0, 0, 0};
    return (struct amount){best, isnan(low) ? 0 : low, isnan(high) ? UPTAKE_NO_LIMIT : high};
}

/* Without as_of nothing has yet to start. */
static bool in_force(const struct uptake_call *call, uint32_t starts, uint32_t ends, int64_t at)
{
    struct uptake_period from = uptake_dates(call, starts)[at], to = uptake_dates(call, ends)[at];
    if (call->as_of_given && uptake_why_date(from) == UPTAKE_PRESENT &&
        from.start > call->as_of.end)
        return false;
    return uptake_why_date(to) != UPTAKE_PRESENT || to.end >= call->as_of.start;
}

static bool not_applicable(const struct uptake_call *call, int64_t at)
{
    return uptake_why(uptake_numbers(call, NEEDED)[at]) == UPTAKE_NOT_APPLICABLE ||
           uptake_why(uptake_numbers(call, PROVIDED)[at]) == UPTAKE_NOT_APPLICABLE ||
           uptake_why_code(uptake_choices(call, MET)[at]) == UPTAKE_NOT_APPLICABLE;
}

static void row_amounts(const struct uptake_call *call, int64_t at, struct row *row)
{
    static const struct amount met_amounts[] = {{0, 0, 0}, {0.5, 0, 1}, {1, 1, 1}};
    int32_t met = uptake_choices(call, MET)[at], unit = uptake_choices(call, UNIT)[at];
    bool says_met = uptake_why_code(met) != UPTAKE_LEFT_OUT &&
                    uptake_why(uptake_numbers(call, NEEDED)[at]) == UPTAKE_LEFT_OUT;
    if (says_met) {
        row->unit = MET_UNIT;
        row->need = met_amounts[2];
        row->have = met >= 0 ? met_amounts[met]
                    : met == -UPTAKE_NONE
                        ? met_amounts[0]
                        : (struct amount){uptake_missing_number(UPTAKE_UNKNOWN), 0, 1};
    } else {
        row->unit = unit >= 0 ? unit : NO_UNIT;
        row->need = amount_of(call, NEEDED, at);
        row->have = amount_of(call, PROVIDED, at);
    }
}

/* False: the row is left out. */
static bool row_read(const struct uptake_call *call, int64_t at, struct row *row)
{
    int64_t adopter = uptake_refs(call, ADOPTER)[at];
    row->resource = uptake_choices(call, RESOURCE)[at];
    row->phase = uptake_choices(call, PHASE)[at];
    if (row->resource < 0 || row->phase < 0 || not_applicable(call, at))
        return false;
    row_amounts(call, at, row);
    if (!(row->need.high > 0))
        return false;
    row->ended = !in_force(call, STARTS, ENDS, at);
    if (row->ended)
        row->have = (struct amount){0, 0, 0};
    row->known = row->need.best > 0 && !isnan(row->have.best);
    row->adopter = adopter < 0 ? -1 : adopter;
    row->others = uptake_choices(call, RECIPIENT)[at] > 0;
    row->pair = row->resource * PHASES + row->phase;
    row->cell = row->pair * UNITS + row->unit;
    return true;
}

/* Needed less provided; of a known row. */
static double row_gap(const struct row *row)
{
    return fmax(0, row->need.best - row->have.best);
}

static double share(double part, double whole)
{
    return whole > 0 ? fmin(1, part / whole) : 1;
}

/* --- Adopters of an innovation: (3) ----------------------------------------------------------- */

/* A stretch of the adopters' table. Bit k of pairs: has a row of its own for that pair. */
enum { HAS_SPELL = 1 << PAIRS };
struct window {
    int64_t base;
    uint32_t pairs[WINDOW];
};

static int64_t next_base(const struct uptake_call *call, uint64_t i, int64_t from)
{
    const int64_t *spells = uptake_list(call, SPELL_ADOPTER),
                  *refs = uptake_refs(call, SPELL_ADOPTER);
    int64_t next = INT64_MAX;
    for (int64_t s = spells[i]; s < spells[i + 1]; s++)
        if (refs[s] >= from && refs[s] < next && uptake_choices(call, SPELL_STATUS)[s] != STOPPED)
            next = refs[s];
    return next;
}

static uint32_t *window_at(struct window *window, int64_t adopter)
{
    bool inside = adopter >= window->base && adopter - window->base < WINDOW;
    return inside ? &window->pairs[adopter - window->base] : NULL;
}

/* The next stretch in which some adopter has a spell; false: there is none. Begins at base -WINDOW. */
static bool window_next(const struct uptake_call *call, uint64_t i, struct window *window)
{
    const int64_t *spells = uptake_list(call, SPELL_ADOPTER), *support = uptake_list(call, SUPPORT);
    window->base = next_base(call, i, window->base + WINDOW);
    if (window->base == INT64_MAX)
        return false;
    memset(window->pairs, 0, sizeof window->pairs);
    for (int64_t s = spells[i]; s < spells[i + 1]; s++) {
        uint32_t *pairs = window_at(window, uptake_refs(call, SPELL_ADOPTER)[s]);
        if (pairs && uptake_choices(call, SPELL_STATUS)[s] != STOPPED)
            *pairs |= HAS_SPELL;
    }
    for (int64_t at = support[i]; at < support[i + 1]; at++) {
        uint32_t *pairs = window_at(window, uptake_refs(call, ADOPTER)[at]);
        int32_t resource = uptake_choices(call, RESOURCE)[at],
                phase = uptake_choices(call, PHASE)[at];
        if (pairs && resource >= 0 && phase >= 0 && uptake_choices(call, RECIPIENT)[at] <= 0)
            *pairs |= UINT32_C(1) << (resource * PHASES + phase);
    }
    return true;
}

/* How often a row without adopter counts, by pair. */
static void times_count(const struct uptake_call *call, uint64_t i, double times[PAIRS])
{
    struct window window = {.base = -WINDOW};
    memset(times, 0, PAIRS * sizeof *times);
    while (window_next(call, i, &window))
        for (int k = 0; k < WINDOW; k++)
            for (int pair = 0; pair < PAIRS && (window.pairs[k] & HAS_SPELL); pair++)
                times[pair] += !(window.pairs[k] >> pair & 1);
    for (int pair = 0; pair < PAIRS; pair++)
        times[pair] = fmax(1, times[pair]);
}

/* --- Cells: (4) ------------------------------------------------------------------------------- */

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

static void others_add(struct grid *grid, const struct row *row)
{
    grid->others++;
    grid->others_short += row->known && row_gap(row) > 0;
    grid->others_surely += row->have.high < row->need.low;
    grid->others_perhaps += row->have.low < row->need.high;
}

static struct cell *cell_of(struct grid *grid, const struct row *row, int64_t at)
{
    if (grid->place[row->cell] == 0) {
        grid->cells[grid->n] = (struct cell){.id = row->cell, .row = at};
        grid->place[row->cell] = (uint8_t)++grid->n;
    }
    return &grid->cells[grid->place[row->cell] - 1];
}

/* Best and high. A need that is met only raises the share, one that is not lowers it: so the share is
 * greatest where each need is as near as may be to the most that is provided. */
static void cell_add(struct cell *cell, const struct row *row, double times, int64_t at)
{
    double top = fmin(fmax(row->have.high, row->need.low), row->need.high);
    double gap = row->known ? row_gap(row) : 0;
    if (gap > cell->worst) {
        cell->worst = gap;
        cell->row = at;
    }
    cell->ended |= row->ended;
    cell->times += times;
    cell->top_need += times * top;
    cell->top_have += times * fmin(row->have.high, top);
    cell->short_low += times * fmax(0, row->need.low - row->have.high);
    cell->short_high += times * fmax(0, row->need.high - row->have.low);
    if (row->known) {
        cell->known = true;
        cell->need += times * row->need.best;
        cell->have += times * fmin(row->have.best, row->need.best);
    }
}

/* Low. The least share has every need at one of its ends: the one that lowers have - low * need, for the
 * low found so far (Dinkelbach 1967); each pass gets closer from above. */
static void cell_lower(struct cell *cell, const struct row *row, double times)
{
    double few = row->need.low, many = row->need.high, have = row->have.low;
    double with_few = fmin(have, few) - cell->low * few;
    double with_many = fmin(have, many) - cell->low * many;
    double need = with_many <= with_few ? many : few;
    cell->pass_need += times * need;
    cell->pass_have += times * fmin(have, need);
}

/* True: it came down. */
static bool cell_pass(struct cell *cell)
{
    double low = cell->pass_need > 0 ? cell->pass_have / cell->pass_need : cell->low;
    bool lower = low < cell->low;
    cell->low = lower ? low : cell->low;
    cell->pass_need = cell->pass_have = 0;
    return lower;
}

static double times_of(const struct grid *grid, const struct row *row)
{
    return row->adopter < 0 ? grid->times[row->pair] : 1;
}

static bool lower_all(const struct uptake_call *call, uint64_t i, struct grid *grid)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    bool lower = false;
    struct row row;
    for (int64_t at = support[i]; at < support[i + 1]; at++)
        if (row_read(call, at, &row) && !row.others)
            cell_lower(cell_of(grid, &row, at), &row, times_of(grid, &row));
    for (int c = 0; c < grid->n; c++)
        lower |= cell_pass(&grid->cells[c]);
    return lower;
}

static void cell_settle(struct cell *cell)
{
    /* A sum beyond the largest double is no known share. */
    cell->known = cell->known && cell->need < UPTAKE_NO_LIMIT;
    cell->best = cell->known ? share(cell->have, cell->need) : 1;
    cell->high = cell->top_need < UPTAKE_NO_LIMIT ? share(cell->top_have, cell->top_need) : 1;
    cell->high = cell->known ? fmax(cell->high, cell->best) : cell->high;
    cell->low = cell->best;
}

static void grid_read(const struct uptake_call *call, uint64_t i, struct grid *grid)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    struct row row;
    grid->n = 0;
    grid->others = grid->others_short = grid->others_surely = grid->others_perhaps = 0;
    memset(grid->place, 0, sizeof grid->place);
    times_count(call, i, grid->times);
    for (int64_t at = support[i]; at < support[i + 1]; at++) {
        if (!row_read(call, at, &row))
            continue;
        if (row.known && row.unit != MET_UNIT)
            uptake_output(call, GAP)[at] = row_gap(&row);
        if (row.others)
            others_add(grid, &row);
        else
            cell_add(cell_of(grid, &row, at), &row, times_of(grid, &row), at);
    }
    for (int c = 0; c < grid->n; c++)
        cell_settle(&grid->cells[c]);
    for (int pass = 0; pass < PASSES_MAX && lower_all(call, i, grid); pass++)
        ;
}

/* --- Resources and coverage: (5), (6) --------------------------------------------------------- */

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

/* Sums over a resource's cells, then their means. */
static void parts_read(const struct grid *grid, struct part parts[RESOURCES])
{
    memset(parts, 0, RESOURCES * sizeof *parts);
    for (int c = 0; c < grid->n; c++) {
        const struct cell *cell = &grid->cells[c];
        struct part *part = &parts[cell->id / UNITS / PHASES];
        part->used++;
        part->known += cell->known;
        part->best += cell->known ? cell->best : 0;
        part->low += cell->low;
        part->high += cell->high;
    }
    for (int k = 0; k < RESOURCES; k++) {
        parts[k].best /= parts[k].known > 0 ? parts[k].known : 1;
        parts[k].low /= parts[k].used > 0 ? parts[k].used : 1;
        parts[k].high /= parts[k].used > 0 ? parts[k].used : 1;
    }
}

static void total_weakest(struct total *total, int k, const struct part *part)
{
    total->weakest_low = fmin(total->weakest_low, part->low);
    total->weakest_high = fmin(total->weakest_high, part->high);
    if (part->known > 0 && part->best < total->weakest) {
        total->weakest = part->best;
        total->weakest_resource = k;
    }
}

/* Weights over the largest of them, so that no sum overflows. */
static struct total total_of(const struct part *parts, const double *weights)
{
    struct total total = {
        .weakest = 1, .weakest_low = 1, .weakest_high = 1, .weakest_resource = -1};
    double all = 0, known = 0, largest = 0;
    for (int k = 0; k < RESOURCES; k++)
        largest = fmax(largest, weights[k]);
    for (int k = 0; k < RESOURCES; k++) {
        double weight = parts[k].used > 0 && largest > 0 ? weights[k] / largest : 0;
        if (!(weight > 0))
            continue;
        all += weight;
        total.needed++;
        total.low += weight * parts[k].low;
        total.high += weight * parts[k].high;
        total_weakest(&total, k, &parts[k]);
        if (parts[k].known > 0) {
            total.n_known++;
            known += weight;
            total.coverage += weight * parts[k].best;
        }
    }
    if (all > 0) {
        total.coverage = known > 0 ? share(total.coverage, known) : 0;
        total.low = share(total.low, all);
        total.high = share(total.high, all);
        total.known = known / all;
    }
    return total;
}

static void write_number(const struct uptake_call *call, uint32_t write, uint64_t row, double low,
                         double best, double high)
{
    uptake_output(call, write)[row] = best;
    uptake_output_low(call, write)[row] = fmin(low, best);
    uptake_output_high(call, write)[row] = fmax(high, best);
}

static const char *spoken(int resource)
{
    return resource == 6 ? "peer learning" : resources[resource];
}

/* Says why there is no coverage; false: there is. */
static bool skipped(struct uptake_call *call, uint64_t i, const struct part *parts,
                    const struct total *total)
{
    const struct params *with = call->params;
    const int64_t *support = uptake_list(call, SUPPORT);
    char names[LINE_BYTES] = "";
    size_t used = 0;
    for (int k = 0; k < RESOURCES; k++)
        if (parts[k].used > 0 && parts[k].known == 0 && with->weights[k] > 0)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "",
                                     spoken(k));
    if (support[i] == support[i + 1] && uptake_flags(call, SUPPORT)[i] == UPTAKE_NONE)
        uptake_skip(call, i, "adopting takes nothing, says the model (support: none)");
    else if (support[i] == support[i + 1])
        uptake_skip(call, i, "no support rows: nothing says what adopting takes");
    else if (total->needed == 0)
        uptake_skip(call, i,
                    "no support row says that an adopter needs something that has a weight");
    else if (total->n_known == 0 || total->known < with->least_known)
        uptake_skip(call, i,
                    "support is known for %d of %d resources (%.3g of the weight, %.3g needed); "
                    "not known: %s",
                    total->n_known, total->needed, total->known, with->least_known, names);
    else
        return false;
    return true;
}

/* --- Findings --------------------------------------------------------------------------------- */

enum kind { HALF_SHORT, IS_SHORT, UNKNOWN_CELL, MAY_BE_SHORT, NOTHING };

static enum kind kind_of(const struct cell *cell)
{
    if (!cell->known)
        return UNKNOWN_CELL;
    if (cell->best < 1)
        return cell->high < 0.5 ? HALF_SHORT : IS_SHORT;
    return cell->low < 1 ? MAY_BE_SHORT : NOTHING;
}

/* As many digits as such figures have: three, or all of a whole number or a large one. */
static double figure(double x)
{
    if (x >= 1000 || !(x > floor(x)))
        return nearbyint(x);
    double scale = 100;
    for (double y = x; y < 1 && scale < 1e12; y *= 10)
        scale *= 10;
    scale /= x >= 100 ? 100 : x >= 10 ? 10 : 1;
    return nearbyint(x * scale) / scale;
}

static const char *unit_words(int unit, bool one)
{
    static const char *const words[UNITS][2] = {{" hours a week", " hour a week"},
                                                {" WTE", " WTE"},
                                                {" GBP", " GBP"},
                                                {" GBP a year", " GBP a year"},
                                                {" rooms", " room"},
                                                {" people", " person"},
                                                {" days", " day"},
                                                {" days a year", " day a year"},
                                                {"", ""},
                                                {"", ""},
                                                {"", ""}};
    return words[unit][one];
}

/* What every finding about a cell says before and behind its own words. */
struct about {
    struct uptake_call *call;
    uint64_t row;
    int level;
    const char *resource, *phase, *adopters, *ended;
};

#define CELL_NOTE(about, words, ...)                                                               \
    uptake_note((about)->call, NEEDED, (about)->row, (about)->level, "%s, %s: " words "%s%s",      \
                (about)->resource, (about)->phase, __VA_ARGS__, (about)->adopters, (about)->ended)

/* "4 hours a week short of 8 (0 to 6)" */
static void short_note(const struct about *about, const struct cell *cell, int unit)
{
    double gap = figure(cell->need - cell->have), need = figure(cell->need);
    double low = figure(cell->short_low);
    const char *words = unit_words(unit, gap <= 1 && gap >= 1);
    if (unit == MET_UNIT)
        CELL_NOTE(about, "%s", cell->have > 0 ? "met in part" : "not met");
    else if (!(cell->short_high > cell->short_low))
        CELL_NOTE(about, "%.15g%s short of %.15g", gap, words, need);
    else if (cell->short_high < UPTAKE_NO_LIMIT)
        CELL_NOTE(about, "%.15g%s short of %.15g (%.15g to %.15g)", gap, words, need, low,
                  figure(cell->short_high));
    else
        CELL_NOTE(about, "%.15g%s short of %.15g (%.15g or more)", gap, words, need, low);
}

static void maybe_note(const struct about *about, const struct cell *cell, int unit)
{
    double most = figure(cell->short_high);
    if (unit == MET_UNIT || !(cell->short_high < UPTAKE_NO_LIMIT))
        CELL_NOTE(about, "%s", "met, but it may be short");
    else
        CELL_NOTE(about, "met, but up to %.15g%s may be missing", most,
                  unit_words(unit, most <= 1 && most >= 1));
}

static void cell_note(struct uptake_call *call, const struct cell *cell, enum kind kind)
{
    char adopters[48] = "";
    int pair = cell->id / UNITS, unit = cell->id % UNITS;
    struct about about = {
        call, (uint64_t)cell->row, UPTAKE_RISKS, spoken(pair / PHASES), "set-up", adopters, ""};
    if (pair % PHASES)
        about.phase = "running";
    if (cell->ended)
        about.ended = ", provision not in force";
    if (cell->times > 1)
        snprintf(adopters, sizeof adopters, ", over %.0f adopters", cell->times);
    if (kind == HALF_SHORT)
        about.level = UPTAKE_BLOCKS;
    if (kind == UNKNOWN_CELL) {
        about.level = UPTAKE_NOT_KNOWN;
        CELL_NOTE(&about, "%s", "not known whether it is met");
    } else if (kind == MAY_BE_SHORT) {
        maybe_note(&about, cell, unit);
    } else {
        short_note(&about, cell, unit);
    }
}

/* Worst kind first, of a kind the least covered. Answers how many may still be given. */
static int note_cells(struct uptake_call *call, const struct grid *grid, const double *weights,
                      int left)
{
    bool said[CELLS] = {false};
    for (; left > 0; left--) {
        int next = -1;
        for (int c = 0; c < grid->n; c++) {
            enum kind kind = kind_of(&grid->cells[c]);
            enum kind best = next < 0 ? NOTHING : kind_of(&grid->cells[next]);
            if (said[c] || kind == NOTHING || !(weights[grid->cells[c].id / UNITS / PHASES] > 0))
                continue;
            if (kind < best || (kind == best && grid->cells[c].best < grid->cells[next].best))
                next = c;
        }
        if (next < 0)
            break;
        said[next] = true;
        cell_note(call, &grid->cells[next], kind_of(&grid->cells[next]));
    }
    return left;
}

static void note_all(struct uptake_call *call, uint64_t i, const struct grid *grid,
                     const struct part *parts)
{
    const struct params *with = call->params;
    char names[LINE_BYTES] = "";
    size_t used = 0;
    int left = UPTAKE_NOTES_MAX - (grid->others_short > 0);
    left = note_cells(call, grid, with->weights, left);
    if (grid->others_short > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                    "innovator or vehicle: %lld of %lld needs not met in full",
                    (long long)grid->others_short, (long long)grid->others);
    for (int k = 0; k < RESOURCES; k++)
        if (parts[k].known > 0 && parts[k].low >= 1)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "",
                                     spoken(k));
    if (left > 0 && used > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "met in full: %s", names);
}

/* --- Levers: (8) ------------------------------------------------------------------------------ */

static void write_reward(const struct uptake_call *call, uint64_t i)
{
    const int64_t *levers = uptake_list(call, LEVER_VALUE);
    struct amount sums[3] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}; /* adopters, others, nobody stated */
    for (int64_t at = levers[i]; at < levers[i + 1]; at++) {
        int32_t to = uptake_choices(call, LEVER_RECIPIENT)[at];
        struct amount value = amount_of(call, LEVER_VALUE, at);
        struct amount *sum = &sums[to < 0 ? 2 : to > 0];
        if (uptake_choices(call, LEVER_UNIT)[at] != 0 || value.low < 0 ||
            !in_force(call, LEVER_STARTS, LEVER_ENDS, at))
            continue;
        sum->best += isnan(value.best) ? 0 : value.best;
        sum->low += value.low;
        sum->high += value.high;
    }
    double stated = sums[0].best + sums[1].best;
    if (!(stated > 0) || !(stated < UPTAKE_NO_LIMIT))
        return;
    double most = sums[0].high + sums[2].high, rest = sums[1].high + sums[2].high;
    double high = most < UPTAKE_NO_LIMIT ? share(most, most + sums[1].low) : 1;
    double low = rest < UPTAKE_NO_LIMIT ? share(sums[0].low, sums[0].low + rest) : 0;
    write_number(call, REWARD_BALANCE, i, low, sums[0].best / stated, high);
}

static void write_all(const struct uptake_call *call, uint64_t i, const struct grid *grid,
                      const struct total *total)
{
    write_number(call, COVERAGE, i, total->low, total->coverage, total->high);
    uptake_output(call, KNOWN)[i] = total->known;
    write_number(call, WEAKEST, i, total->weakest_low, total->weakest, total->weakest_high);
    if (total->weakest_resource >= 0)
        uptake_output_choice(call, WEAKEST_RESOURCE)[i] = total->weakest_resource;
    if (grid->others > 0)
        write_number(call, OTHERS_SHORT, i, (double)grid->others_surely, (double)grid->others_short,
                     (double)grid->others_perhaps);
    write_reward(call, i);
}

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        struct grid grid;
        struct part parts[RESOURCES];
        grid_read(call, i, &grid);
        parts_read(&grid, parts);
        struct total total = total_of(parts, with->weights);
        if (skipped(call, i, parts, &total))
            continue;
        write_all(call, i, &grid, &total);
        note_all(call, i, &grid, parts);
    }
    return 0;
}

/* --- Adopters over all innovations: (7) ------------------------------------------------------- */

#define BILLION 1e9

/* One a resource of an adopter: sums of c in billionths over its rows, and how many. */
struct need {
    uint64_t best, low, high;
    uint32_t rows, known, is_short;
};

/* adopters is 0 in a state that nothing was added to: combine is not told the size. */
struct state {
    uint64_t adopters;
    struct need needs[]; /* RESOURCES an adopter */
};

static size_t state_size(const struct uptake_counts *counts, const void *with)
{
    (void)with;
    return sizeof(struct state) +
           (size_t)counts->rows[ADOPTER_ID] * RESOURCES * sizeof(struct need);
}

static uint64_t billionths(double share_of)
{
    return (uint64_t)(share_of * BILLION + 0.5);
}

static void need_add(struct state *state, int64_t adopter, const struct row *row)
{
    struct need *need = &state->needs[adopter * RESOURCES + row->resource];
    need->rows++;
    need->low +=
        row->need.high < UPTAKE_NO_LIMIT ? billionths(share(row->have.low, row->need.high)) : 0;
    need->high += row->have.high < UPTAKE_NO_LIMIT
                      ? billionths(share(row->have.high, row->need.low))
                      : (uint64_t)BILLION;
    if (!row->known)
        return;
    need->known++;
    need->is_short += row_gap(row) > 0;
    need->best += billionths(share(row->have.best, row->need.best));
}

/* A row without adopter, for those of the window whom it stands for. */
static void window_add(struct state *state, const struct window *window, const struct row *row)
{
    for (int k = 0; k < WINDOW; k++)
        if ((window->pairs[k] & HAS_SPELL) && !(window->pairs[k] >> row->pair & 1))
            need_add(state, window->base + k, row);
}

static int update(struct uptake_call *call)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    struct state *state = call->state;
    struct row row;
    state->adopters = uptake_row_count(call, ADOPTER_ID);
    for (uint64_t i = 0; i < call->count; i++) {
        struct window window = {.base = -WINDOW};
        for (int64_t at = support[i]; at < support[i + 1]; at++)
            if (row_read(call, at, &row) && !row.others && row.adopter >= 0)
                need_add(state, row.adopter, &row);
        while (support[i] < support[i + 1] && window_next(call, i, &window))
            for (int64_t at = support[i]; at < support[i + 1]; at++)
                if (row_read(call, at, &row) && !row.others && row.adopter < 0)
                    window_add(state, &window, &row);
    }
    return 0;
}

static int combine(void *into, const void *from, const void *with)
{
    struct state *a = into;
    const struct state *b = from;
    (void)with;
    for (uint64_t k = 0; k < b->adopters * RESOURCES; k++) {
        a->needs[k].best += b->needs[k].best;
        a->needs[k].low += b->needs[k].low;
        a->needs[k].high += b->needs[k].high;
        a->needs[k].rows += b->needs[k].rows;
        a->needs[k].known += b->needs[k].known;
        a->needs[k].is_short += b->needs[k].is_short;
    }
    a->adopters = b->adopters > a->adopters ? b->adopters : a->adopters;
    return 0;
}

/* The adopter's resources as parts; answers of how many it is short, with their names. */
static int adopter_parts(const struct need *needs, struct part parts[RESOURCES],
                         char names[LINE_BYTES])
{
    size_t used = 0;
    int n_short = 0;
    names[0] = 0;
    for (int k = 0; k < RESOURCES; k++) {
        double rows = needs[k].rows > 0 ? needs[k].rows * BILLION : 1;
        double known = needs[k].known > 0 ? needs[k].known * BILLION : 1;
        parts[k] =
            (struct part){(int)needs[k].rows, (int)needs[k].known, (double)needs[k].best / known,
                          (double)needs[k].low / rows, (double)needs[k].high / rows};
        if (needs[k].is_short > 0)
            used += (size_t)snprintf(names + used, LINE_BYTES - used, "%s%s", n_short++ ? ", " : "",
                                     spoken(k));
    }
    return n_short;
}

/* Answers its coverage, 1 where that is not known. */
static double write_adopter(struct uptake_call *call, uint64_t adopter, const struct need *needs)
{
    const struct params *with = call->params;
    struct part parts[RESOURCES];
    char names[LINE_BYTES];
    int n_short = adopter_parts(needs, parts, names);
    struct total total = total_of(parts, with->weights);
    if (total.n_known == 0)
        return 1;
    write_number(call, ADOPTER_COVERAGE, adopter, total.low, total.coverage, total.high);
    uptake_output(call, ADOPTER_SHORT_RESOURCES)[adopter] = n_short;
    if (n_short > 0)
        uptake_write_text(call, ADOPTER_SHORT_OF, adopter, "%s", names);
    return total.coverage;
}

/* The resources of which most adopters are short. */
static void note_resources(struct uptake_call *call, const struct state *state)
{
    uint64_t n_short[RESOURCES] = {0}, known[RESOURCES] = {0};
    for (uint64_t k = 0; k < state->adopters * RESOURCES; k++) {
        n_short[k % RESOURCES] += state->needs[k].is_short > 0;
        known[k % RESOURCES] += state->needs[k].known > 0;
    }
    for (int left = UPTAKE_NOTES_MAX / 2; left > 0; left--) {
        int most = 0;
        for (int k = 1; k < RESOURCES; k++)
            most = n_short[k] > n_short[most] ? k : most;
        if (n_short[most] == 0)
            return;
        uptake_note(call, UPTAKE_PORTFOLIO, 0, UPTAKE_RISKS,
                    "%s: short at %llu of %llu adopters that need it", spoken(most),
                    (unsigned long long)n_short[most], (unsigned long long)known[most]);
        n_short[most] = 0;
    }
}

/* The few that get the least, least first; of equals the earlier. */
struct worst {
    int n;
    double coverage[UPTAKE_NOTES_MAX / 2];
    uint64_t adopters[UPTAKE_NOTES_MAX / 2];
};

static void worst_offer(struct worst *worst, uint64_t adopter, double coverage)
{
    int at = worst->n;
    if (at == UPTAKE_NOTES_MAX / 2 && !(coverage < worst->coverage[at - 1]))
        return;
    at -= at == UPTAKE_NOTES_MAX / 2;
    worst->n = at + 1;
    for (; at > 0 && worst->coverage[at - 1] > coverage; at--) {
        worst->coverage[at] = worst->coverage[at - 1];
        worst->adopters[at] = worst->adopters[at - 1];
    }
    worst->coverage[at] = coverage;
    worst->adopters[at] = adopter;
}

static void note_adopters(struct uptake_call *call, const struct state *state,
                          const struct worst *worst)
{
    struct part parts[RESOURCES];
    char names[LINE_BYTES];
    for (int k = 0; k < worst->n; k++) {
        uint64_t adopter = worst->adopters[k];
        if (adopter_parts(&state->needs[adopter * RESOURCES], parts, names) > 0)
            uptake_note(call, ADOPTER_ID, adopter, UPTAKE_RISKS,
                        "%s gets %.2f of what it needs, short of %s",
                        uptake_text(call, uptake_texts(call, ADOPTER_ID)[adopter]),
                        worst->coverage[k], names);
    }
}

static int finish(struct uptake_call *call)
{
    const struct state *state = call->state;
    struct worst worst = {0};
    for (uint64_t adopter = 0; adopter < state->adopters; adopter++) {
        double coverage = write_adopter(call, adopter, &state->needs[adopter * RESOURCES]);
        if (coverage < 1)
            worst_offer(&worst, adopter, coverage);
    }
    note_resources(call, state);
    note_adopters(call, state, &worst);
    return 0;
}

static const struct uptake_plugin plugin = {
    .size = sizeof(struct uptake_plugin),
    .id = "adopter-support",
    .version = "0.1.0",
    .revision = 1,
    .title = "Support for adopters",
    .summary = "how much of what adopters need they get, and what they are short of",
    .source = "The spread challenge, Health Foundation 2018; Against the Odds, Innovation Unit and "
              "Health Foundation 2018 (what adopters need; the arithmetic is ours)",
    .reads = UPTAKE_ROWS(reads),
    .params = UPTAKE_ROWS(params),
    .writes = UPTAKE_ROWS(writes),
    .params_bytes = sizeof(struct params),
    .state_size = state_size,
    .process = process,
    .update = update,
    .combine = combine,
    .finish = finish,
};

UPTAKE_BUNDLE(&plugin)
