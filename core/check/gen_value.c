/* One value of a made-up model: see gen.h. Words stand for what is missing as often as the shape says. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "check/gen.h"
#include "model/vocabulary.h"

/* --- Random numbers (splitmix64: Steele, Lea and Flood, OOPSLA 2014) ----------------------------- */

uint64_t rng_next(struct rng *rng)
{
    uint64_t z = rng->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

uint64_t rng_below(struct rng *rng, uint64_t below)
{
    return below ? rng_next(rng) % below : 0;
}

double rng_unit(struct rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

bool rng_chance(struct rng *rng, double chance)
{
    return rng_unit(rng) < chance;
}

/* --- Numbers ----------------------------------------------------------------------------------- */

/* Where a range is open: far enough to find sums that overflow what they should not. */
static const double far_off = 1e12;

static double some_number(struct gen_row *row, double min, double max)
{
    if (row->shape->tidy)
        return min <= 3 && max >= 3 ? 3 : isfinite(max) && max <= 1 ? max : min;
    bool open = !isfinite(max) || !isfinite(min);
    double low = isfinite(min) ? min : isfinite(max) ? max - far_off : -far_off;
    double high = isfinite(max) ? max : low + far_off;
    if (rng_chance(row->rng, row->shape->extreme))
        return rng_chance(row->rng, 0.4) ? low : rng_chance(row->rng, 0.5) ? high : fmax(low, 0);
    if (rng_chance(row->rng, 0.1))
        return low <= 0 && high >= 0 ? 0 : low;
    double x = open ? (isfinite(min) ? min : 0) + pow(10, rng_unit(row->rng) * 5) *
                                                      (isfinite(min) ? 1 : rng_unit(row->rng) - 0.5)
                    : low + (high - low) * rng_unit(row->rng);
    x = rng_chance(row->rng, 0.5) ? round(x) : x;
    return fmin(fmax(x, low), high);
}

static const char *print_number(struct gen_row *row, double x)
{
    char text[NUMBER_BYTES];
    return arena_text(row->arena, text, number_print(text, x));
}

static const char *doubtful(struct gen_row *row, double min, double max)
{
    double a = some_number(row, min, max), b = some_number(row, min, max);
    const char *low = print_number(row, fmin(a, b)), *high = print_number(row, fmax(a, b));
    switch (rng_below(row->rng, 6)) {
    case 0: return arena_format(row->arena, "{at_least: %s}", low);
    case 1: return arena_format(row->arena, "{at_most: %s}", high);
    case 2: return arena_format(row->arena, "{about: %s}", low);
    case 3: return "suppressed";
    case 4: return arena_format(row->arena, "{low: %s, mode: %s, high: %s}", low, low, high);
    default: return arena_format(row->arena, "{low: %s, high: %s}", low, high);
    }
}

static const char *number_value(struct gen_row *row, const struct gen_field *field)
{
    static const char *const shares[] = {"{simple: 0.3, complicated: 0.7}",
                                         "{simple: 0.2, complicated: 0.5, complex: 0.3}",
                                         "{complicated: 0.5, complex: 0.5}"};
    double min = field->min, max = field->max;
    if (field->form == FORM_RATING) {
        min = fmax(min, frameworks[row->framework].min);
        max = fmin(max, frameworks[row->framework].max);
        if (row->framework == FRAMEWORK_NASSS && rng_chance(row->rng, row->shape->doubt))
            return shares[rng_below(row->rng, 3)];
        if (row->framework == FRAMEWORK_NASSS && rng_chance(row->rng, 0.8))
            return frameworks[FRAMEWORK_NASSS].levels[rng_below(row->rng, 3)];
    }
    if (rng_chance(row->rng, row->shape->doubt))
        return doubtful(row, min, max);
    return print_number(row, some_number(row, min, max));
}

/* --- Dates, choices, texts, references ----------------------------------------------------------- */

static const char *date_value(struct gen_row *row, const char *name)
{
    unsigned year = 2005 + (unsigned)rng_below(row->rng, 20);
    unsigned month = 1 + (unsigned)rng_below(row->rng, 12);
    if (row->shape->tidy)
        return strcmp(name, "ends") == 0 || strcmp(name, "until") == 0 ? "open" : "2024-01";
    if (strcmp(name, "ends") == 0 && rng_chance(row->rng, 0.3))
        return "open";
    if (strcmp(name, "ends") == 0 || strcmp(name, "stopped") == 0 || strcmp(name, "closed") == 0)
        year += 15;
    switch (rng_below(row->rng, 4)) {
    case 0: return arena_format(row->arena, "%u", year);
    case 1: return arena_format(row->arena, "%u-%02u", year, month);
    case 2: return arena_format(row->arena, "{at_most: %u}", year);
    default: return arena_format(row->arena, "%u-%02u-%02u", year, month, 1 + month * 2);
    }
}

static const char *construct_value(struct gen_row *row)
{
    size_t count, found = 0;
    const struct construct *all = constructs(&count);
    const char *chosen = "anything";
    for (size_t k = 0; k < count; k++)
        if (all[k].framework == row->framework && rng_below(row->rng, ++found) == 0)
            chosen = all[k].name;
    return chosen;
}

static const char *choice_value(struct gen_row *row, const struct gen_field *field,
                                const char *name)
{
    size_t count = 0, chosen;
    while (field->choices && field->choices[count])
        count++;
    if (field->form == FORM_CONSTRUCT)
        return construct_value(row);
    if (count == 0)
        return NULL;
    chosen = rng_below(row->rng, count);
    if (strcmp(field->path, "support[].unit") == 0 && row->resource >= 0)
        for (size_t k = 0; k < count && !support_unit_fits(row->resource, (int)chosen); k++)
            chosen = (chosen + 1) % count;
    if (strcmp(name, "resource") == 0)
        row->resource = (int)chosen;
    if (strcmp(name, "framework") == 0)
        row->framework = (int)chosen;
    return field->choices[chosen];
}

static const char *text_value(struct gen_row *row, const struct gen_field *field)
{
    static const char *const words[] = {
        "alpha", "beta",   "gamma", "\"\"", "\"a \\\"b\\\"\"", "\"\xc3\xa9\xe2\x82\xac\"",
        "delta", "epsilon"};
    if (field->flags & FIELD_ID)
        return arena_format(
            row->arena, "%c%llu", field->path[0] == '/' ? field->path[1] : 'r',
            (unsigned long long)(field->path[0] == '/' ? row->number : row->serial));
    if (row->shape->tidy)
        return "\"...\"";
    if (rng_chance(row->rng, row->shape->extreme)) {
        char *text = arena_alloc(row->arena, 303);
        if (text) {
            memset(text, 'w', 302);
            text[0] = text[301] = '"';
        }
        return text;
    }
    if (field->flags & FIELD_REQUIRED)
        return words[rng_below(row->rng, 3)];
    return words[rng_below(row->rng, sizeof words / sizeof *words)];
}

static const char *ref_value(struct gen_row *row, const struct gen_field *field)
{
    static const char letters[TARGET_COUNT] = {
        [TARGET_EVIDENCE] = 'e', [TARGET_ADOPTERS] = 'a', [TARGET_PRIORITIES] = 'p'};
    if (field->target == TARGET_SAME_LIST)
        return row->number == 0
                   ? NULL
                   : arena_format(row->arena, "r%llu", (unsigned long long)row->before);
    if (!letters[field->target] || row->portfolio == 0)
        return NULL;
    return arena_format(row->arena, "%c%llu", letters[field->target],
                        (unsigned long long)rng_below(row->rng, row->portfolio));
}

/* --- A field ----------------------------------------------------------------------------------- */

/* "resource=time, unit=hours_per_week" -> the value that the row must have of a field, or NULL. */
static const char *forced_value(struct gen_row *row, const struct gen_field *field,
                                const char *name)
{
    size_t bytes = strlen(name);
    for (const char *at = row->forced; at && *at;) {
        at += strspn(at, ", ");
        if (strncmp(at, name, bytes) == 0 && at[bytes] == '=') {
            const char *value = at + bytes + 1;
            return arena_text(row->arena, value, strcspn(value, ","));
        }
        at += strcspn(at, ",");
        (void)field;
    }
    return NULL;
}

static void note_forced(struct gen_row *row, const struct gen_field *field, const char *name,
                        const char *value)
{
    for (int k = 0; field->choices && field->choices[k]; k++)
        if (strcmp(field->choices[k], value) == 0) {
            row->resource = strcmp(name, "resource") == 0 ? k : row->resource;
            row->framework = strcmp(name, "framework") == 0 ? k : row->framework;
        }
}

/* Fields that exclude each other in a row, and fields without which it would be thrown out: fewer rows to mend. */
static const struct {
    const char *path;
    int side; /* 1 or 2: only in such rows; 0: in all */
    bool kept;
} special[] = {{"support[].met", 1, true},       {"support[].needed", 2, true},
               {"support[].provided", 2, false}, {"support[].unit", 2, true},
               {"spells[].adopted", 0, true},    {"effects[].unit", 0, true},
               {"judgements[].value", 0, true},  {"measurements[].group", 0, true}};

static bool is_other_side(const struct gen_row *row, const struct gen_field *field, bool *kept)
{
    for (size_t k = 0; k < sizeof special / sizeof *special; k++)
        if (strcmp(special[k].path, field->path) == 0) {
            *kept = special[k].kept;
            return special[k].side != 0 && special[k].side != row->side;
        }
    *kept = false;
    return false;
}

const char *gen_value(struct gen_row *row, const struct gen_field *field, const char *name)
{
    static const char *const reasons[] = {"unknown", "none", "n/a", "null"};
    const char *forced = forced_value(row, field, name);
    if (forced) {
        note_forced(row, field, name, forced);
        return forced;
    }
    static const char *const conditions[] = {"[{field: commissioning.payback, at_most: 12}]",
                                             "[{field: commissioning.saving_5y, above: 0}]",
                                             "[{field: commissioning.measured_outcome, is: true}]",
                                             ("[{field: commissioning.payback, at_least: 3}, "
                                              "{field: commissioning.saving_5y, at_least: 100}]")};
    bool kept;
    if (field->form == FORM_TREE)
        return conditions[rng_below(row->rng, sizeof conditions / sizeof *conditions)];
    if (is_other_side(row, field, &kept))
        return NULL;
    bool needed = field->flags & (FIELD_REQUIRED | FIELD_ID) || field->form == FORM_CONSTRUCT ||
                  strcmp(name, "unit") == 0;
    if (!needed && !kept && rng_chance(row->rng, row->shape->absent))
        return NULL;
    if (!needed && rng_chance(row->rng, row->shape->missing))
        return reasons[rng_below(row->rng, 4)];
    switch (field->type) {
    case UPTAKE_NUMBER: return number_value(row, field);
    case UPTAKE_DATE: return date_value(row, name);
    case UPTAKE_CHOICE: return choice_value(row, field, name);
    case UPTAKE_FLAG: return rng_chance(row->rng, 0.5) ? "true" : "false";
    case UPTAKE_REF: return ref_value(row, field);
    default: return text_value(row, field);
    }
}
