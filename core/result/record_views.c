/* Views of a record with names for people: values one by one, values as a data frame, findings with their texts. */
#include <inttypes.h>
#include <string.h>

#include "result/record_internal.h"

/* SQLite takes no more columns, and no more SELECTs in one; a record beyond that has its tables only. */
enum { COLUMNS_MOST = 1900, SELECTS_MOST = 400 };

static const struct record_table views[] = {
    {"wide", NULL,
     "an innovation, as a data frame: `innovation, name`, then a column a measure "
     "(`support.coverage`), and `.low` and `.high` where it has bounds"},
    {"measures", NULL,
     "a measure of an innovation: `innovation, measure, value, low, high, missing, unit`"},
    {"list_values", NULL,
     "what a plugin wrote beside a row of a list, or of the portfolio (`/`): `entity, row, "
     "measure, value, low, high, missing, unit`"},
    {"list_rows", NULL, "a row of a list: `list, row, parent_row, basis, because, rule`"},
    {"ranks",
     "CREATE VIEW ranks AS SELECT m.name AS merge, i.id AS innovation, r.score, r.score_low, "
     "r.score_high, r.rank, r.rank_low, r.rank_high, r.coverage FROM merged r JOIN merges m ON "
     "m.merge = r.merge JOIN innovations i ON i.innovation = r.innovation ORDER BY "
     "m.merge, r.place",
     "an innovation in a merge, in the order of the listing"},
    {"notes",
     "CREATE VIEW notes AS SELECT p.name AS plugin, i.id AS innovation, k.level, printf(k.text, "
     "f.v1, f.v2, f.v3, f.v4, f.v5, f.v6) AS text, l.path AS entity, f.row FROM findings f JOIN "
     "finding_kinds k ON k.kind = f.kind JOIN plugins p ON p.plugin = k.plugin "
     "LEFT JOIN innovations i ON i.innovation = f.innovation LEFT JOIN lists l ON l.list "
     "= k.list",
     "a finding: `plugin, innovation, level, text, entity, row`; of the portfolio where "
     "`innovation` is NULL"},
    {"contributions",
     "CREATE VIEW contributions AS SELECT m.name AS merge, i.id AS innovation, k.measure, p.value, "
     "p.weight, p.contribution FROM merge_parts p JOIN merges m ON m.merge = p.merge JOIN "
     "merge_measures k ON k.merge = p.merge AND k.position = p.position JOIN innovations i ON "
     "i.innovation = p.innovation",
     "what a measure adds to a score: `merge, innovation, measure, value, weight, contribution`"},
    {"evidence",
     "CREATE VIEW evidence AS SELECT i.id AS innovation, u.entity, u.row, s.id AS source, s.type, "
     "s.year, s.citation, s.url FROM source_uses u JOIN sources s ON s.source = u.source JOIN "
     "innovations i ON i.innovation = u.innovation",
     "a row that names a source: `innovation, entity, row, source, type, year, citation, url`"},
    {"basis",
     "CREATE VIEW basis AS SELECT i.id AS innovation, w.measure, count(*) AS rows, "
     "sum(r.basis & 1) AS desk_reading, sum(r.basis >> 1 & 1) AS hindsight, sum(r.basis >> 2 & 1) "
     "AS without_evidence FROM rests_on o JOIN writes w ON w.write = o.write JOIN "
     "list_rows r ON r.list = o.list JOIN innovations i ON i.innovation = r.parent_row WHERE "
     "w.entity = '' GROUP BY "
     "r.parent_row, o.write",
     "what a measure rests on: how many rows, how many of them a desk reading, read with "
     "hindsight, without evidence"},
};

const struct record_table *record_views_rows(size_t *count)
{
    *count = sizeof views / sizeof *views;
    return views;
}

static void run(struct record_saver *saver, struct record_sql *sql)
{
    if (sql->failed)
        database_memory(saver->database);
    else
        database_run(saver->database, sql->text.data);
}

/* --- One by one -------------------------------------------------------------------------------- */

static bool has_bounds(const struct record_write *write)
{
    return write->column->low && write->column->high;
}

/* CASE over the writes of a store: each one's column; of a choice its word. which: "", "_low", "_high". */
static void say_case(struct record_sql *sql, const struct record_store *store, const char *which,
                     const char *name)
{
    bool any = false;
    for (size_t k = 0; k < store->n_writes; k++) {
        const struct record_write *write = &store->writes[k];
        uint64_t w = write->number;
        if (*which && !has_bounds(write))
            continue;
        record_say(sql, "%s WHEN %" PRIu64 " THEN ", any ? "" : ", CASE w.write", w);
        if (write->column->codes)
            record_say(sql,
                       "(SELECT o.name FROM choices o WHERE o.write = %" PRIu64
                       " AND o.code = r.c%" PRIu64 ")",
                       w, w);
        else
            record_say(sql, "r.c%" PRIu64 "%s", w, which);
        any = true;
    }
    record_say(sql, any ? " END AS %s" : ", NULL AS %s", name);
}

static void say_values(struct record_sql *sql, const struct record_store *store)
{
    const char *row = store->table == 0 ? "innovation" : "row";
    record_say(sql,
               "SELECT w.write AS w, w.entity, w.measure, r.%s AS k, w.unit, w.missing AS usual",
               row);
    say_case(sql, store, "", "value");
    say_case(sql, store, "_low", "low");
    say_case(sql, store, "_high", "high");
    record_say(sql, " FROM writes w CROSS JOIN %s r WHERE w.write IN (", store->name);
    for (size_t k = 0; k < store->n_writes; k++)
        record_say(sql, "%s%" PRIu64, k ? ", " : "", store->writes[k].number);
    record_say(sql, ")");
}

/* of_innovations: those stores, or all others. */
static void make_long(struct record_saver *saver, struct record_sql *sql, bool of_innovations)
{
    size_t arms = 0;
    record_say_open(sql);
    record_say(sql, of_innovations
                        ? "CREATE VIEW measures AS SELECT i.id AS innovation, v.measure, v.value, "
                          "v.low, v.high, "
                        : "CREATE VIEW list_values AS SELECT v.entity, v.k AS row, v.measure, "
                          "v.value, v.low, v.high, ");
    record_say(sql, "CASE WHEN v.value IS NULL THEN coalesce((SELECT a.missing FROM absences a "
                    "WHERE a.write = v.w AND a.row = v.k), v.usual) END AS missing, v.unit FROM (");
    for (size_t s = 0; s < saver->stores.count; s++) {
        const struct record_store *store = &saver->stores.all[s];
        if (store->n_writes == 0 || (store->table == 0) != of_innovations)
            continue;
        record_say(sql, arms++ ? " UNION ALL " : "");
        say_values(sql, store);
    }
    if (arms == 0)
        record_say(sql, "SELECT NULL AS w, NULL AS entity, NULL AS measure, NULL AS k, NULL AS "
                        "unit, NULL AS usual, NULL AS value, NULL AS low, NULL AS high WHERE 0");
    record_say(sql, of_innovations ? ") v JOIN innovations i ON i.innovation = v.k" : ") v");
    if (arms <= SELECTS_MOST)
        run(saver, sql);
}

/* --- As a data frame --------------------------------------------------------------------------- */

/* "NAME.WRITE", as SQL quotes a name. */
static void say_name(struct record_sql *sql, const struct record_write *write, const char *which)
{
    const char *const parts[] = {write->plugin->name, ".", write->column->write->name, which};
    record_say(sql, " AS \"");
    for (size_t k = 0; k < 4; k++)
        for (const char *at = parts[k]; *at; at++)
            record_say(sql, *at == '"' ? "\"\"" : "%c", *at);
    record_say(sql, "\"");
}

static void say_columns(struct record_sql *sql, const struct record_store *store)
{
    static const char *const ends[] = {"", "_low", "_high"};
    static const char *const shown[] = {"", ".low", ".high"};
    for (size_t k = 0; k < store->n_writes; k++) {
        const struct record_write *write = &store->writes[k];
        for (size_t e = 0; e < (has_bounds(write) ? 3 : 1); e++) {
            record_say(sql, ", ");
            if (write->column->codes)
                record_say(sql,
                           "(SELECT o.name FROM choices o WHERE o.write = %" PRIu64
                           " AND o.code = %s.c%" PRIu64 ")",
                           write->number, store->name, write->number);
            else
                record_say(sql, "%s.c%" PRIu64 "%s", store->name, write->number, ends[e]);
            say_name(sql, write, shown[e]);
        }
    }
}

static void make_wide(struct record_saver *saver, struct record_sql *sql)
{
    int columns = 2;
    record_say_open(sql);
    record_say(sql, "CREATE VIEW wide AS SELECT i.id AS innovation, i.name AS name");
    for (size_t s = 0; s < saver->stores.count; s++)
        if (saver->stores.all[s].table == 0) {
            say_columns(sql, &saver->stores.all[s]);
            columns += saver->stores.all[s].columns;
        }
    record_say(sql, " FROM innovations i");
    for (size_t s = 0; s < saver->stores.count; s++)
        if (saver->stores.all[s].table == 0)
            record_say(sql, " JOIN %s ON %s.innovation = i.innovation", saver->stores.all[s].name,
                       saver->stores.all[s].name);
    if (columns <= COLUMNS_MOST)
        run(saver, sql);
}

/* --- Rows of lists ----------------------------------------------------------------------------- */

static void make_list_rows(struct record_saver *saver, struct record_sql *sql)
{
    size_t arms = 0;
    record_say_open(sql);
    record_say(sql, "CREATE VIEW list_rows AS ");
    for (size_t s = 0; s < saver->stores.count; s++) {
        const struct record_store *store = &saver->stores.all[s];
        if (store->head > 1)
            record_say(
                sql, "%sSELECT %" PRIu32 " AS list, row, parent_row, basis, because, rule FROM %s",
                arms++ ? " UNION ALL " : "", store->table, store->name);
    }
    if (arms == 0)
        record_say(sql, "SELECT NULL AS list, NULL AS row, NULL AS parent_row, NULL AS basis, NULL "
                        "AS because, NULL AS rule WHERE 0");
    if (arms <= SELECTS_MOST)
        run(saver, sql);
}

void record_views(struct record_saver *saver)
{
    struct record_sql sql = {0};
    make_long(saver, &sql, true);
    make_long(saver, &sql, false);
    make_wide(saver, &sql);
    make_list_rows(saver, &sql);
    for (size_t k = 0; k < sizeof views / sizeof *views; k++)
        if (views[k].sql)
            database_run(saver->database, views[k].sql);
    buffer_finish(&sql.text);
}
