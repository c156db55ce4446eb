/*
 * Rows: a row in the making is a handful of cells; when it ends it is checked, held against as_of, and put
 * down in the tables that take it (table.c). Rows of inner lists are put down before their parent is known to
 * stay, and taken back when it does not.
 */
#include <string.h>

#include "model/load.h"

void row_begin(struct loader *loader, struct schema_list *list)
{
    list->stamp = ++loader->schema.stamps;
    for (struct schema_list *inner = list->inner; inner; inner = inner->beside) {
        inner->why = UPTAKE_LEFT_OUT;
        inner->in_row = 0;
    }
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        for (struct growing_table *child = table->children; child; child = child->sibling)
            child->base = child->rows;
}

/* --- What does not stay ---------------------------------------------------------------------- */

static void drop(struct schema_list *list)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        table_take_back_inner(table);
}

/* An innovation that the run does not want (--innovation): nothing of it stays. */
static bool unwanted(const struct loader *loader, const struct schema_list *list)
{
    const char *wanted = loader->options->innovation;
    const struct cell *id = row_value(list, list->roles.id);
    return wanted && list == loader->schema.lists &&
           !(id && strcmp(pool_text(&loader->pool, (int32_t)id->is.code), wanted) == 0);
}

static void drop_innovation(struct loader *loader, struct schema_list *list)
{
    drop(list);
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        if (loader->schema.tables[t]->hidden)
            table_truncate(loader->schema.tables[t], loader->schema.tables[t]->mark);
    loader->evidence_rows = 0;
    loader->counts = loader->counts_before;
    change_take_back(loader);
}

/* --- Basis ------------------------------------------------------------------------------------- */

enum { BASES_DESK_READING = 3 };

static uint8_t basis_of(struct loader *loader, const struct schema_list *list)
{
    const struct cell *basis = row_value(list, list->roles.basis);
    const struct cell *reading = row_value(list, list->roles.reading);
    uint8_t flags = 0;
    if (basis && basis->is.code == BASES_DESK_READING)
        flags |= BASIS_DESK;
    if (loader->options->as_of_given && reading &&
        reading->is.period.start > loader->options->as_of.end)
        flags |= BASIS_HINDSIGHT;
    if (list->evidence && list->evidence->in_row == 0)
        flags |= BASIS_NO_EVIDENCE;
    return flags;
}

/* --- The end of a row -------------------------------------------------------------------------- */

static void check_required(struct loader *loader, const struct schema_list *list,
                           struct place place)
{
    bool whole = true;
    for (uint32_t k = 0; k < list->n_required; k++)
        whole &= row_cell(list, list->required[k]) != NULL;
    for (uint32_t k = 0; k < list->n_required && !whole; k++)
        if (!row_cell(list, list->required[k]))
            error_at(loader->error, place, "%s: '%s' is missing",
                     list->path[0] ? list->path : "innovations[]",
                     list->by_slot[list->required[k]]->key);
}

static int put_down(struct loader *loader, struct schema_list *list)
{
    bool has_basis = list->roles.basis >= 0 || list->evidence;
    uint8_t basis = has_basis ? basis_of(loader, list) : 0;
    if (list->roles.basis >= 0) {
        loader->counts.basis_rows++;
        loader->counts.desk_rows += basis & BASIS_DESK ? 1 : 0;
    }
    loader->counts.hindsight += basis & BASIS_HINDSIGHT ? 1 : 0;
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        if ((table->n_filters == 0 || filter_takes(table)) &&
            table_put(loader, table, basis, has_basis) != 0)
            return error_memory(loader->error);
    return 0;
}

static void stage(struct schema_list *list)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list) {
        table->taken = 0;
        for (struct growing_table *child = table->children; child; child = child->sibling)
            child->staged = child->rows;
    }
}

static void settle_stage(struct schema_list *list)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        if (table->taken == 0)
            table_take_back_inner(table);
}

/* One judgement, as a scenario has it; the row's other ratings start from the row as it is. */
static int put_judgement(struct loader *loader, struct schema_list *list)
{
    change_row(loader, list);
    change_count(loader, list);
    int failed = put_down(loader, list);
    change_undo(loader, list);
    return failed;
}

/* A row for each rating that is not left out, or the one that the row itself is. */
static int put_judgements(struct loader *loader, struct schema_list *list, struct place place)
{
    const struct rating *ratings = (const struct rating *)(const void *)loader->ratings.data;
    size_t count = loader->ratings.bytes / sizeof *ratings;
    bool any = false;
    for (size_t k = 0; k < count; k++) {
        if (ratings[k].value.why == UPTAKE_LEFT_OUT)
            continue;
        any = true;
        if (rules_judgement(loader, list, &ratings[k], &ratings[k].value, ratings[k].place) &&
            put_judgement(loader, list) != 0)
            return -1;
    }
    if (!any && rules_judgement(loader, list, loader->construct.bytes ? &loader->construct : NULL,
                                row_cell(list, list->roles.value), place))
        return put_judgement(loader, list);
    return 0;
}

int row_end(struct loader *loader, struct schema_list *list, struct place place)
{
    bool judgements = list->roles.ratings >= 0;
    if (!judgements)
        change_row(loader, list);
    check_required(loader, list, place);
    rules_check(loader, list, place);
    bool later = loader->options->as_of_given && as_of_looks_at(list);
    bool dropped = later && as_of_begins_later(loader, list);
    bool elsewhere = !dropped && elsewhere_leaves_out(loader, list);
    const struct cell *id = row_value(list, list->roles.id);
    if (id && refs_define(loader, list, id, dropped || elsewhere) != 0)
        return -1;
    if (elsewhere) {
        elsewhere_forget(loader, list);
        drop(list);
        return 0;
    }
    if (dropped) {
        loader->counts.left_out++;
        drop(list);
        return 0;
    }
    if (unwanted(loader, list)) {
        drop_innovation(loader, list);
        return 0;
    }
    if (later)
        as_of_forget(loader, list);
    list->in_row++;
    if (!judgements)
        change_count(loader, list);
    stage(list);
    int failed = judgements ? put_judgements(loader, list, place) : put_down(loader, list);
    settle_stage(list);
    return failed;
}
