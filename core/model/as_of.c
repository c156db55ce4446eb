/* The run's date: what begins later is left out, and what happened, or was counted, later is not known yet. */
#include "model/load.h"

bool as_of_begins_later(const struct loader *loader, const struct schema_list *list)
{
    bool spoken = row_value(list, list->roles.holds) != NULL;
    int32_t as_of = loader->options->as_of.end;
    for (uint32_t k = 0; k < list->n_dated; k++) {
        int slot = list->dated[k];
        const struct cell *cell =
            list->slot_flags[slot] & FIELD_BEGINS ? row_value(list, slot) : NULL;
        if (cell && cell->is.period.start > as_of)
            return true;
    }
    const struct cell *reading = row_value(list, list->roles.reading);
    return reading && !spoken && reading->is.period.start > as_of;
}

static void make_missing(struct schema_list *list, uint32_t slot, int why)
{
    struct cell *cell = &list->cells[slot];
    cell->why = (int8_t)why;
    cell->doubt = UPTAKE_EXACT;
}

/* What happened after as_of is not known yet, nor what goes with it: the fields behind it in the vocabulary. */
static void forget_happened(const struct loader *loader, struct schema_list *list)
{
    bool later = false;
    for (uint32_t slot = 0; slot < list->n_slots; slot++) {
        uint32_t flags = list->slot_flags[slot];
        const struct cell *cell = row_value(list, (int)slot);
        if (cell && flags & FIELD_HAPPENS)
            later = cell->is.period.start > loader->options->as_of.end;
        if (cell && later && flags & (FIELD_HAPPENS | FIELD_WITH_HAPPENS))
            make_missing(list, slot, UPTAKE_AFTER_AS_OF);
    }
}

/* What was counted over a period that still goes on is unknown. */
static void forget_counted(const struct loader *loader, struct schema_list *list)
{
    const struct cell *period = row_value(list, list->roles.period);
    if (!period || period->is.period.end <= loader->options->as_of.end)
        return;
    for (uint32_t slot = 0; slot < list->n_slots; slot++)
        if (list->slot_flags[slot] & FIELD_IN_PERIOD && row_cell(list, (int)slot))
            make_missing(list, slot, UPTAKE_UNKNOWN);
}

bool as_of_looks_at(const struct schema_list *list)
{
    bool any = false;
    for (uint32_t k = 0; k < list->n_dated; k++)
        any |= row_cell(list, list->dated[k]) != NULL;
    return any;
}

void as_of_forget(const struct loader *loader, struct schema_list *list)
{
    if (list->flags & FIELD_HAPPENS)
        forget_happened(loader, list);
    if (list->flags & FIELD_PERIOD)
        forget_counted(loader, list);
}
