/* Changes of a scenario, made to rows: see change.h. */
#include "model/change.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "model/load.h"

/* --- Which rows -------------------------------------------------------------------------------- */

static size_t index_of(const struct loader *loader, const struct change *change)
{
    return (size_t)(change - loader->changes.all);
}

/* Whether all that the condition looks at has been read of the innovation in the making. */
static bool owner_is_read(const struct growing_table *owner)
{
    for (uint32_t k = 0; k < owner->n_filters; k++)
        if (!row_cell(owner->list, (int)owner->filters[k].field->slot))
            return false;
    return true;
}

static bool owner_takes(struct loader *loader, const struct change *change)
{
    struct change_owners *owners = loader->changes.owners;
    if (!change->owner.list)
        return true;
    if (owner_is_read(&change->owner))
        return filter_takes(&change->owner);
    size_t at = loader->innovation * loader->changes.count + index_of(loader, change);
    if (owners->known)
        return at < owners->matches.bytes && owners->matches.data[at];
    owners->undecided = true;
    return false;
}

/* An innovation is read: which changes are about it, should the model be read once more. */
static void note_owners(struct loader *loader)
{
    struct change_owners *owners = loader->changes.owners;
    for (size_t k = 0; k < loader->changes.count && owners->any && !owners->known; k++) {
        const struct change *change = &loader->changes.all[k];
        char takes = (char)(change->owner.list && filter_takes(&change->owner));
        if (buffer_append(&owners->matches, &takes, 1) != 0) {
            error_memory(loader->error);
            loader->stop = true;
        }
    }
}

/* --- Numbers ----------------------------------------------------------------------------------- */

struct span {
    double best, low, high;
};

static struct span span_of(const struct cell *cell)
{
    if (cell->why == UPTAKE_NONE)
        return (struct span){0, 0, 0};
    return (struct span){cell->is.number.best, cell->is.number.low, cell->is.number.high};
}

static double times(double x, double factor)
{
    return factor == 0 ? 0 : x * factor; /* at least 160, nothing times, is nothing */
}

/* What kind of doubt is left once a number has moved. */
static int kind_of(const struct change *change, const struct cell *before, struct span span)
{
    if (before->doubt == UPTAKE_IS_SUPPRESSED)
        return UPTAKE_IS_SUPPRESSED;
    if (span.low == span.high)
        return UPTAKE_EXACT;
    if (isinf(span.high))
        return UPTAKE_AT_LEAST;
    bool kept = change->spec->kind == CHANGE_SCALE && before->doubt == UPTAKE_ABOUT;
    return kept ? UPTAKE_ABOUT : UPTAKE_RANGE;
}

/* What a product passes, a model could not hold either. */
static bool inside(const struct schema_field *field, double x)
{
    return isnan(x) || (isfinite(x) && x >= field->row.min && x <= field->row.max);
}

static enum change_outcome put_span(struct loader *loader, const struct change *change,
                                    struct cell *cell, struct span span)
{
    const struct schema_field *field = change->field;
    char was[NUMBER_BYTES], is[NUMBER_BYTES], expected[160];
    if (!inside(field, span.best)) {
        number_print(was, cell->is.number.best);
        number_print(is, span.best);
        error_at(loader->error, change->spec->value->place,
                 "%s: %s becomes %s (%.120s:%u); expected %s", field->label, was,
                 isfinite(span.best) ? is : "infinite", cell->place.file ? cell->place.file : "",
                 cell->place.line,
                 isfinite(span.best)
                     ? value_range_text(field->row.min, field->row.max, field->wanted_by, expected)
                     : "a finite number");
        return OUTCOME_SAME;
    }
    span.low = fmax(span.low, field->row.min);
    span.high = fmin(span.high, field->row.max);
    bool same = cell->is.number.low == span.low && cell->is.number.high == span.high &&
                (cell->why != UPTAKE_PRESENT || cell->is.number.best == span.best);
    if (same || (cell->why == UPTAKE_NONE && span.high == 0))
        return OUTCOME_SAME;
    int doubt = kind_of(change, cell, span);
    if (cell->why == UPTAKE_NONE)
        cell->why = UPTAKE_PRESENT;
    cell->named = false;
    doubt_set(cell, doubt, span.best, span.low, span.high);
    return OUTCOME_CHANGED;
}

/* A known number, none at all, or one that is withheld within bounds. */
static bool is_known(const struct cell *cell)
{
    return cell && (cell->why == UPTAKE_PRESENT || cell->why == UPTAKE_NONE);
}

static enum change_outcome scale(struct loader *loader, const struct change *change,
                                 struct cell *cell)
{
    double factor = change->spec->number;
    if (!is_known(cell) && !(cell && cell->why == UPTAKE_SUPPRESSED))
        return OUTCOME_UNKNOWN;
    struct span span = span_of(cell);
    return put_span(loader, change, cell,
                    (struct span){isnan(span.best) ? span.best : times(span.best, factor),
                                  times(span.low, factor), times(span.high, factor)});
}

/* provided + share * (needed - provided), where something is missing. Rises with both, so that each end of the doubt
 * comes from the same end of the two. */
static double closed(double provided, double needed, double share)
{
    if (share == 0 || !(needed > provided))
        return provided;
    return share == 1 ? needed : fmin(provided + share * (needed - provided), needed);
}

static enum change_outcome close_gap(struct loader *loader, const struct change *change,
                                     const struct schema_list *list, struct cell *cell)
{
    const struct cell *beside = row_cell(list, change->needed);
    double share = change->spec->number;
    if (!is_known(cell) || !is_known(beside))
        return OUTCOME_UNKNOWN;
    struct span provided = span_of(cell), needed = span_of(beside);
    double best = closed(provided.best, needed.best, share);
    double low = closed(provided.low, needed.low, share);
    double high = closed(provided.high, needed.high, share);
    return put_span(loader, change, cell, (struct span){best, fmin(low, best), fmax(high, best)});
}

/* --- Values ------------------------------------------------------------------------------------ */

static bool same_value(const struct schema_field *field, const struct cell *a, const struct cell *b)
{
    if (a->why != b->why || (a->why != UPTAKE_PRESENT && a->why != UPTAKE_SUPPRESSED))
        return a->why == b->why;
    if (field->row.type == UPTAKE_NUMBER)
        return a->doubt == b->doubt && a->is.number.low == b->is.number.low &&
               a->is.number.high == b->is.number.high &&
               (a->why != UPTAKE_PRESENT || a->is.number.best == b->is.number.best);
    if (field->row.type == UPTAKE_DATE)
        return a->is.period.start == b->is.period.start && a->is.period.end == b->is.period.end;
    return a->is.code == b->is.code;
}

static enum change_outcome set_value(const struct change *change, struct schema_list *list,
                                     struct cell *cell)
{
    struct cell value = change->value;
    value.stamp = list->stamp;
    bool same = cell->stamp == list->stamp && same_value(change->field, cell, &value);
    *cell = value;
    return same ? OUTCOME_SAME : OUTCOME_CHANGED;
}

/* --- Rows -------------------------------------------------------------------------------------- */

/* A judgement's scale is its framework's. */
static void check_rating(struct loader *loader, const struct schema_list *list,
                         const struct change *change)
{
    const struct cell *framework = row_value(list, list->roles.framework);
    const struct cell *value = row_cell(list, list->roles.value);
    if (list->roles.ratings >= 0 && (int)change->field->slot == list->roles.value && framework &&
        value)
        rules_in_framework(loader, (int)framework->is.code, value);
}

static void change_cell(struct loader *loader, struct schema_list *list, struct change *change)
{
    struct cell *cell = &list->cells[change->field->slot];
    struct cell *given = cell->stamp == list->stamp ? cell : NULL;
    change->before = *cell;
    switch (change->spec->kind) {
    case CHANGE_VALUE: change->outcome = set_value(change, list, cell); break;
    case CHANGE_SCALE: change->outcome = scale(loader, change, given); break;
    default: change->outcome = close_gap(loader, change, list, given); break;
    }
    if (change->outcome == OUTCOME_CHANGED)
        check_rating(loader, list, change);
}

void change_row(struct loader *loader, struct schema_list *list)
{
    if (loader->changes.count && list == loader->schema.lists)
        note_owners(loader);
    for (struct change *change = list->changes; change; change = change->next)
        change->taken = owner_takes(loader, change) && filter_takes(&change->rows);
    for (struct change *change = list->changes; change; change = change->next)
        if (change->taken)
            change_cell(loader, list, change);
}

void change_count(struct loader *loader, const struct schema_list *list)
{
    for (const struct change *change = list->changes; change; change = change->next) {
        struct model_changed *changed = &loader->options->changed[index_of(loader, change)];
        changed->matched += change->taken;
        changed->changed += change->taken && change->outcome == OUTCOME_CHANGED;
        changed->unknown += change->taken && change->outcome == OUTCOME_UNKNOWN;
    }
}

/* The last first: two may have changed one field. */
void change_undo(struct loader *loader, struct schema_list *list)
{
    for (size_t k = list->changes ? loader->changes.count : 0; k-- > 0;) {
        const struct change *change = &loader->changes.all[k];
        if (change->field && change->rows.list == list && change->taken)
            list->cells[change->field->slot] = change->before;
    }
}

void change_innovation(struct loader *loader)
{
    if (loader->changes.count)
        memcpy(loader->changes.before, loader->options->changed,
               loader->changes.count * sizeof *loader->changes.before);
}

void change_take_back(struct loader *loader)
{
    if (loader->changes.count)
        memcpy(loader->options->changed, loader->changes.before,
               loader->changes.count * sizeof *loader->changes.before);
}
