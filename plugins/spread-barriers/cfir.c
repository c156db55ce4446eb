/*
 * CFIR, (7) to (9): ratings sorted by unit and construct, so that each group of them is a stretch; medians
 * of the groups, shares of the units, and what tells units of high from units of low implementation.
 */
#include "barriers.h"

struct rating {
    int64_t unit;
    int32_t construct;
    int64_t row;
    double value;
};

/* --- Reading and sorting: (7) ----------------------------------------------------------------- */

enum { MIXED = 1, APPLIES_NOT = 2 };

static double value_of(const struct uptake_call *call, int64_t row)
{
    int32_t state = uptake_choices(call, CFIR_STATE)[row];
    double missing = uptake_missing_number(UPTAKE_NOT_APPLICABLE);
    return state == MIXED         ? 0
           : state == APPLIES_NOT ? missing
                                  : uptake_numbers(call, CFIR_VALUE)[row];
}

/* Answers how many ratings there are; -1: more than there is room for. */
static int ratings_read(const struct uptake_call *call, uint64_t i, struct rating *ratings,
                        struct cfir *cfir)
{
    const int64_t *list = uptake_list(call, CFIR_VALUE);
    int n = 0;
    for (int64_t row = list[i]; row < list[i + 1]; row++) {
        int32_t construct = uptake_choices(call, CFIR_CONSTRUCT)[row];
        int64_t adopter = uptake_refs(call, CFIR_ADOPTER)[row];
        double value = value_of(call, row);
        if (construct < 0 || construct >= CFIR_CONSTRUCTS)
            continue;
        cfir->rows++;
        cfir->constructs[construct].named = true;
        if (isnan(value))
            continue;
        if (n == CFIR_RATINGS_MAX)
            return -1;
        ratings[n++] = (struct rating){adopter < 0 ? -1 : adopter, construct, row, value};
    }
    return n;
}

static bool before(const struct rating *a, const struct rating *b)
{
    if (a->unit != b->unit)
        return a->unit < b->unit;
    if (a->construct != b->construct)
        return a->construct < b->construct;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value;
    return a->row < b->row;
}

static void sift(struct rating *ratings, int root, int n)
{
    struct rating down = ratings[root];
    for (int child; (child = 2 * root + 1) < n; root = child) {
        child += child + 1 < n && before(&ratings[child], &ratings[child + 1]);
        if (!before(&down, &ratings[child]))
            break;
        ratings[root] = ratings[child];
    }
    ratings[root] = down;
}

static void heap_sort(struct rating *ratings, int n)
{
    for (int root = n / 2 - 1; root >= 0; root--)
        sift(ratings, root, n);
    for (int last = n - 1; last > 0; last--) {
        struct rating top = ratings[0];
        ratings[0] = ratings[last];
        ratings[last] = top;
        sift(ratings, 0, last);
    }
}

/* --- A group of one unit and construct ---------------------------------------------------------- */

enum level { HIGH, LOW, NO_LEVEL };

/* The last spell of that unit that says. */
static enum level level_of(const struct uptake_call *call, uint64_t i, int64_t unit)
{
    const int64_t *list = uptake_list(call, SPELL_ADOPTER);
    for (int64_t at = list[i + 1] - 1; at >= list[i] && unit >= 0; at--) {
        int32_t says = uptake_choices(call, SPELL_IMPLEMENTATION)[at];
        if (uptake_refs(call, SPELL_ADOPTER)[at] == unit && says >= 0)
            return says == 0 ? HIGH : LOW;
    }
    return NO_LEVEL;
}

static void add_to_construct(struct cfir_construct *construct, double median, enum level level)
{
    construct->units++;
    construct->helped += median >= 1;
    if (level == HIGH) {
        construct->high_least = construct->high ? fmin(construct->high_least, median) : median;
        construct->high_sum += median;
        construct->high++;
    } else if (level == LOW) {
        construct->low_most = construct->low ? fmax(construct->low_most, median) : median;
        construct->low_sum += median;
        construct->low++;
    }
}

static void note_differing(struct cfir *cfir, const struct rating *group, int n)
{
    if (group[n - 1].value - group[0].value < 2)
        return;
    if (cfir->disagreements < CFIR_DIFFER_KEPT)
        cfir->differ[cfir->disagreements] = (struct cfir_differ){
            group->construct, group->row, group->unit, group[0].value, group[n - 1].value};
    cfir->disagreements++;
}

/* --- A unit: (8) -------------------------------------------------------------------------------- */

/* Its groups, one by one; answers what it says. */
static struct cfir_unit unit_read(const struct uptake_call *call, const struct rating *ratings,
                                  int n, enum level level, struct cfir *cfir)
{
    struct cfir_unit unit = {.row = ratings->row, .adopter = ratings->unit};
    for (int from = 0, to; from < n; from = to) {
        for (to = from; to < n && ratings[to].construct == ratings[from].construct;)
            to++;
        int count = to - from;
        double median =
            (ratings[from + (count - 1) / 2].value + ratings[from + count / 2].value) / 2;
        if (median <= -1 && unit.hinder++ == 0)
            unit.row = ratings[from].row;
        unit.help += median >= 1;
        unit.rated++;
        for (int k = from; k < to; k++)
            uptake_output(call, ROW_MEDIAN)[ratings[k].row] = median;
        add_to_construct(&cfir->constructs[ratings[from].construct], median, level);
        note_differing(cfir, &ratings[from], count);
    }
    return unit;
}

static void spread(double ends[2], double share, bool first)
{
    ends[0] = first ? share : fmin(ends[0], share);
    ends[1] = first ? share : fmax(ends[1], share);
}

static void unit_add(const struct uptake_call *call, struct cfir *cfir,
                     const struct cfir_unit *unit, const struct rating *ratings, int n)
{
    double hinders = (double)unit->hinder / unit->rated, helps = (double)unit->help / unit->rated;
    bool first = cfir->units == 0;
    if (first || hinders > cfir->hinders[1])
        cfir->most_hindered = *unit;
    spread(cfir->hinders, hinders, first);
    spread(cfir->helps, helps, first);
    cfir->units++;
    for (int k = 0; k < n; k++) {
        uptake_output(call, ROW_HINDERS)[ratings[k].row] = hinders;
        uptake_output(call, ROW_HELPS)[ratings[k].row] = helps;
    }
}

static void units_read(const struct uptake_call *call, uint64_t i, const struct rating *ratings,
                       struct cfir *cfir)
{
    for (int from = 0, to; from < cfir->rated; from = to) {
        for (to = from; to < cfir->rated && ratings[to].unit == ratings[from].unit;)
            to++;
        enum level level = level_of(call, i, ratings[from].unit);
        struct cfir_unit unit = unit_read(call, &ratings[from], to - from, level, cfir);
        unit_add(call, cfir, &unit, &ratings[from], to - from);
        cfir->units_high += level == HIGH;
        cfir->units_low += level == LOW;
    }
}

/* --- What tells units apart: (9) ---------------------------------------------------------------- */

static enum cfir_label label_of(const struct cfir_construct *construct)
{
    if (construct->high == 0 || construct->low == 0)
        return NOT_ASSESSABLE;
    if (construct->high_least - construct->low_most >= 2)
        return STRONG;
    double apart = construct->high_sum / construct->high - construct->low_sum / construct->low;
    return fabs(apart) >= 1 ? WEAK : NOT_DISTINGUISHING;
}

static void labels_write(const struct uptake_call *call, uint64_t i, struct cfir *cfir)
{
    const int64_t *list = uptake_list(call, CFIR_VALUE);
    double counts[CFIR_LABEL_COUNT] = {0};
    for (int k = 0; k < CFIR_CONSTRUCTS; k++)
        if (cfir->constructs[k].named) {
            cfir->constructs[k].label = label_of(&cfir->constructs[k]);
            counts[cfir->constructs[k].label]++;
        }
    for (uint32_t label = 0; label < CFIR_LABEL_COUNT; label++)
        uptake_output(call, CFIR_LABELS + label)[i] = counts[label];
    for (int64_t row = list[i]; row < list[i + 1]; row++) {
        int32_t construct = uptake_choices(call, CFIR_CONSTRUCT)[row];
        if (construct >= 0 && construct < CFIR_CONSTRUCTS)
            uptake_output_choice(call, ROW_LABEL)[row] = (int32_t)cfir->constructs[construct].label;
    }
}

void barriers_cfir_assess(struct uptake_call *call, uint64_t i, struct cfir *cfir)
{
    struct rating ratings[CFIR_RATINGS_MAX];
    char names[CFIR_NAMES_BYTES];
    const int64_t *list = uptake_list(call, CFIR_VALUE);
    memset(cfir, 0, list[i] < list[i + 1] ? sizeof *cfir : offsetof(struct cfir, constructs));
    int n = ratings_read(call, i, ratings, cfir);
    cfir->too_many = n < 0;
    cfir->rated = n < 0 ? 0 : n;
    if (cfir->rated == 0)
        return;
    heap_sort(ratings, n);
    units_read(call, i, ratings, cfir);
    labels_write(call, i, cfir);
    for (uint32_t end = 0; end < 2; end++) {
        uptake_output(call, HINDERS_LEAST + end)[i] = cfir->hinders[end];
        uptake_output(call, HELPS_LEAST + end)[i] = cfir->helps[end];
    }
    uptake_output(call, CFIR_DISAGREEMENTS)[i] = cfir->disagreements;
    if (barriers_cfir_names_of(cfir, STRONG, names) > 0)
        uptake_write_text(call, CFIR_TELLING, i, "%s", names);
}
