/* Plugins and what they write, as rows of a record. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "result/record_internal.h"

/* --- Plugins ----------------------------------------------------------------------------------- */

static void save_plugin(struct record_saver *saver, struct statement *insert, size_t p)
{
    const struct result_plugin *plugin = &saver->result->plugins[p];
    const struct plugin *of = plugin->plugin;
    char hash[HASH_HEX] = "";
    if (plugin_hash(of, hash, NULL) != 0)
        hash[0] = 0;
    STATEMENT_PUT(insert, value_count(p), value_text(plugin->name), value_text(of->id),
                  value_text(of->version), value_count(of->revision), value_text(of->title),
                  value_text(of->bundle), value_text(hash), value_text(plugin->with_text),
                  value_text(record_statuses[plugin->status]), value_count(plugin->ok),
                  value_count(plugin->skipped), value_count(plugin->failed),
                  value_count(plugin->notes_dropped), value_count(plugin->batch_dependent),
                  value_text(plugin->reused ? plugin->computed : saver->made),
                  value_count(plugin->reused));
}

/* What its answers rest on, each with its hash: a later run that finds the same takes them from here. */
static void save_inputs(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO plugin_inputs VALUES (?1, ?2, ?3, ?4)");
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t k = 0; k < result->plugins[p].n_inputs; k++) {
            const struct result_input *input = &result->plugins[p].inputs[k];
            STATEMENT_PUT(insert, value_count(p), value_text(input->kind), value_text(input->name),
                          value_text(input->sha256));
        }
    statement_close(insert);
}

static void save_plugins(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *insert = statement_open(
        saver->database, "INSERT INTO plugins VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                         "?11, ?12, ?13, ?14, ?15, ?16, ?17)");
    struct statement *message =
        statement_open(saver->database, "INSERT INTO messages VALUES (?1, ?2, ?3)");
    for (size_t p = 0; p < result->n_plugins; p++) {
        save_plugin(saver, insert, p);
        for (size_t k = 0; k < result->plugins[p].n_messages; k++)
            STATEMENT_PUT(message, value_count(p), value_count(k),
                          value_text(result->plugins[p].messages[k]));
    }
    statement_close(insert);
    statement_close(message);
}

/* --- Writes ------------------------------------------------------------------------------------ */

uint64_t record_first_write(const struct result *result, size_t plugin)
{
    uint64_t first = 0;
    for (size_t p = 0; p < plugin; p++)
        first += result->plugins[p].n_columns;
    return first;
}

static struct database_value why_text(int why)
{
    return value_text(why > UPTAKE_PRESENT && why <= UPTAKE_NOT_ASSESSED ? record_missing[why]
                                                                         : NULL);
}

static void save_write(struct statement *insert, const struct result_plugin *plugin, size_t p,
                       const struct result_column *column, uint64_t number)
{
    const struct uptake_write *write = column->write;
    char measure[512];
    snprintf(measure, sizeof measure, "%s.%s", plugin->name, write->name);
    STATEMENT_PUT(
        insert, value_count(number), value_count(p), value_text(write->name), value_text(measure),
        value_text(record_types[write->type - UPTAKE_NUMBER]), value_text(write->entity),
        value_text(write->unit), value_number(write->min), value_number(write->max),
        value_text(record_better[write->better + 1]), value_text(write->quantity),
        value_number(write->tolerance), value_text(write->doc),
        value_count_if(column->table != MODEL_NO_TABLE, column->table), value_count(column->rows),
        value_count(column->low && column->high), why_text(record_usual_why(column)));
}

static void save_writes(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *insert = statement_open(
        saver->database, "INSERT INTO writes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                         "?11, ?12, ?13, ?14, ?15, ?16, ?17)");
    struct statement *choice =
        statement_open(saver->database, "INSERT INTO choices VALUES (?1, ?2, ?3)");
    struct statement *rests =
        statement_open(saver->database, "INSERT INTO rests_on VALUES (?1, ?2)");
    uint64_t number = 0;
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++, number++) {
            const struct result_column *column = &result->plugins[p].columns[w];
            const char *const *choices = column->write->choices;
            save_write(insert, &result->plugins[p], p, column, number);
            for (uint64_t k = 0; choices && choices[k]; k++)
                STATEMENT_PUT(choice, value_count(number), value_count(k), value_text(choices[k]));
            for (uint32_t k = 0; k < column->n_basis_tables; k++)
                STATEMENT_PUT(rests, value_count(number), value_count(column->basis_tables[k]));
        }
    statement_close(insert);
    statement_close(choice);
    statement_close(rests);
}

/* --- Cells ------------------------------------------------------------------------------------- */

void record_cell(const struct result_plugin *plugin, const struct result_column *column,
                 uint64_t row, char text[UPTAKE_TEXT_BYTES + 1], struct database_value *value,
                 struct database_value *missing)
{
    *value = *missing = value_null();
    if (column->values) {
        *value = value_number(column->values[row]);
        *missing = why_text(uptake_why(column->values[row]));
    } else if (column->codes && column->codes[row] >= 0) {
        *value = value_text(column->write->choices[column->codes[row]]);
    } else if (column->codes) {
        *missing = why_text(uptake_why_code(column->codes[row]));
    } else if (result_text(plugin, column, row, text) > 0) {
        *value = value_text(text);
    }
}

void record_plugins(struct record_saver *saver)
{
    save_plugins(saver);
    save_inputs(saver);
    save_writes(saver);
}
