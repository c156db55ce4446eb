/*
 * Collecting: see collect.h. A value outside what its write declares fails its innovation, with the
 * value and the range in the reason; what fails of the portfolio's own values is left out, and
 * said.
 */
#include "run/collect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "run/collect_internal.h"
#include "run/death.h"

/* --- Failing an innovation -------------------------------------------------------------------- */

static int fail_innovation(struct collecting *c, uint64_t innovation, const char *why)
{
    if (!c->failures)
        c->failures = calloc(c->model->innovations, 1);
    if (!c->failures)
        return -1;
    c->failures[innovation] = job_cause(c->job, why);
    c->states[innovation] = RESULT_FAILED;
    return 0;
}

/* What the workers' own words about the states are worth. */
static int settle_states(struct collecting *c)
{
    char why[400];
    snprintf(why, sizeof why, "%s", c->job->whole[0] ? c->job->whole : "was not computed");
    for (uint64_t i = 0; i < c->model->innovations; i++) {
        uint8_t died = c->job->failed && i < c->job->cutoff ? c->job->failed[i] : 0;
        bool known = c->states[i] >= RESULT_OK && c->states[i] <= RESULT_FAILED;
        if (died && fail_innovation(c, i, c->job->causes[died - 1]) != 0)
            return -1;
        bool given_up = c->job->failed_whole || i >= c->job->cutoff;
        if (!died && (given_up || !known) && fail_innovation(c, i, why) != 0)
            return -1;
    }
    return 0;
}

/* --- Values ----------------------------------------------------------------------------------- */

static bool inside(const struct uptake_write *write, double x)
{
    return isfinite(x) && x >= write->min && x <= write->max;
}

/* An end of a range may be open where the declared range is: nobody knows how much it is. */
static bool end_inside(const struct uptake_write *write, double x)
{
    return !isnan(x) && x >= write->min && x <= write->max;
}

static const char *number_text(char text[NUMBER_BYTES], double x)
{
    if (isnan(x))
        return "not a number";
    if (isinf(x))
        return x > 0 ? "infinity" : "minus infinity";
    number_print(text, x);
    return text;
}

static bool wrong_number(const struct uptake_write *write, double x, char why[240])
{
    char found[NUMBER_BYTES], low[NUMBER_BYTES], high[NUMBER_BYTES];
    snprintf(why, 240, "wrote %s = %s, outside its declared %s to %s", write->name,
             number_text(found, x), number_text(low, write->min), number_text(high, write->max));
    return false;
}

static bool wrote_none(const struct uptake_write *write, char why[240])
{
    snprintf(why, 240, "wrote no %s", write->name);
    return false;
}

/* One NaN a reason, whatever the plugin made of it; of what is missing there are no bounds. */
static void settle_missing(const struct share_out *out, uint64_t row)
{
    double *value = (double *)(void *)out->values + row;
    int why = uptake_why(*value);
    *value = uptake_missing_number(why <= UPTAKE_NOT_ASSESSED ? why : UPTAKE_LEFT_OUT);
    if (out->low)
        out->low[row] = out->high[row] = *value;
}

/* A zero has no sign: what is printed, saved and read back is the same then. */
static void settle_zero(const struct share_out *out, uint64_t row)
{
    double *const places[] = {(double *)(void *)out->values, out->low, out->high};
    for (size_t k = 0; k < 3; k++)
        if (places[k] && places[k][row] == 0 && signbit(places[k][row]))
            places[k][row] = 0;
}

/* True: the row is as declared. Else why says what is not: only then, because nearly all rows are. */
static bool number_holds(const struct uptake_write *write, const struct share_out *out,
                         uint64_t row, char why[240])
{
    double value = ((const double *)(const void *)out->values)[row];
    double low = out->low ? out->low[row] : value, high = out->low ? out->high[row] : value;
    if (isnan(value)) {
        settle_missing(out, row);
        return write->flags & UPTAKE_OPTIONAL || wrote_none(write, why);
    }
    if (!inside(write, value))
        return wrong_number(write, value, why);
    if (value == 0 || low == 0 || high == 0)
        settle_zero(out, row);
    if (low <= value && value <= high && low >= write->min && high <= write->max)
        return true;
    if (isnan(low) || isnan(high))
        snprintf(why, 240, "wrote %s without its low and high", write->name);
    else if (!end_inside(write, low) || !end_inside(write, high))
        return wrong_number(write, end_inside(write, low) ? high : low, why);
    else
        snprintf(why, 240, "wrote %s outside its own low and high", write->name);
    return false;
}

static bool choice_holds(const struct uptake_write *write, const struct share_out *out,
                         uint64_t row, char why[240])
{
    int32_t code = ((const int32_t *)(const void *)out->values)[row];
    int32_t count = 0;
    if (code < 0 && code >= -UPTAKE_NOT_ASSESSED)
        return write->flags & UPTAKE_OPTIONAL || wrote_none(write, why);
    while (write->choices[count] && count <= code)
        count++;
    if (code >= 0 && code < count)
        return true;
    while (write->choices[count])
        count++;
    snprintf(why, 240, "wrote %s = choice %d of %d", write->name, code, count);
    return false;
}

static bool text_holds(const struct uptake_write *write, const struct result_column *column,
                       uint64_t row, char why[240])
{
    return column->texts[row] != UINT32_MAX || write->flags & UPTAKE_OPTIONAL ||
           wrote_none(write, why);
}

static bool row_holds(const struct collecting *c, size_t index, uint64_t row, char why[240])
{
    const struct uptake_write *write = &c->plugin->writes[index];
    const struct share_out *out = &c->job->share.outs[index];
    return write->type == UPTAKE_NUMBER   ? number_holds(write, out, row, why)
           : write->type == UPTAKE_CHOICE ? choice_holds(write, out, row, why)
                                          : text_holds(write, &c->out->columns[index], row, why);
}

static void make_missing(struct collecting *c, size_t index, uint64_t row)
{
    const struct share_out *out = &c->job->share.outs[index];
    double number = uptake_missing_number(UPTAKE_NOT_ASSESSED);
    if (c->out->columns[index].texts)
        c->out->columns[index].texts[row] = UINT32_MAX;
    else if (c->plugin->writes[index].type == UPTAKE_NUMBER)
        ((double *)(void *)out->values)[row] = number;
    else
        ((int32_t *)(void *)out->values)[row] = -UPTAKE_NOT_ASSESSED;
    if (out->low)
        out->low[row] = out->high[row] = number;
}

/* The innovation of a row of an output's table. */
uint64_t collect_owner(const struct model *model, uint32_t table, uint64_t row)
{
    while (table != 0) {
        row = model_parent(&model->tables[table], row);
        table = model->tables[table].parent;
    }
    return row;
}

/* The same for rows that come in order: the innovation of the row before is where to look. */
static uint64_t next_owner(const struct model *model, uint32_t table, uint64_t row, uint64_t before)
{
    const struct model_table *of = &model->tables[table];
    if (table == 0)
        return row;
    if (of->parent != 0)
        return collect_owner(model, table, row);
    while (row >= (uint64_t)of->offsets[before + 1])
        before++;
    return before;
}

bool collect_of_portfolio(const struct model *model, uint32_t table)
{
    return table == MODEL_NO_TABLE || (table != 0 && model->tables[table].parent == MODEL_NO_TABLE);
}

/* The portfolio's: each wrong column is said once. */
static void check_portfolio(struct collecting *c, size_t index)
{
    const struct plugin *plugin = c->plugin;
    bool said = false;
    char why[240];
    for (uint64_t row = 0; row < c->out->columns[index].rows; row++) {
        bool good = !c->job->failed_whole;
        if (good && row_holds(c, index, row, why))
            continue;
        make_missing(c, index, row);
        if (good && !said)
            job_say(c->job, "plugin %s %s %s", plugin->id, plugin->version, why);
        said = true;
        c->portfolio_failed |= good;
    }
}

/* Checks a column; rows of innovations that are not ok read as missing. */
static int check_column(struct collecting *c, size_t index)
{
    const struct result_column *column = &c->out->columns[index];
    char why[240];
    uint64_t innovation = 0;
    for (uint64_t row = 0; row < column->rows; row++) {
        innovation = next_owner(c->model, column->table, row, innovation);
        if (c->states[innovation] == RESULT_OK && row_holds(c, index, row, why))
            continue;
        if (c->states[innovation] == RESULT_OK && fail_innovation(c, innovation, why) != 0)
            return -1;
        make_missing(c, index, row);
    }
    return 0;
}

/* Columns without any value share their memory: it is looked at once. */
static bool is_checked(const struct collecting *c, size_t index)
{
    const struct share_out *outs = c->job->share.outs;
    for (size_t w = 0; w < index; w++)
        if (outs[w].values && outs[w].values == outs[index].values)
            return true;
    return false;
}

static int check_all(struct collecting *c)
{
    for (size_t w = 0; w < c->plugin->n_writes; w++)
        if (is_checked(c, w))
            continue;
        else if (collect_of_portfolio(c->model, c->out->columns[w].table))
            check_portfolio(c, w);
        else if (check_column(c, w) != 0)
            return -1;
    return 0;
}

/* An innovation that failed on a later column loses what it wrote to the earlier ones. */
static void clear_failed(struct collecting *c)
{
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        const struct result_column *column = &c->out->columns[w];
        uint64_t innovation = 0;
        if (collect_of_portfolio(c->model, column->table))
            continue;
        for (uint64_t row = 0; row < column->rows; row++) {
            innovation = next_owner(c->model, column->table, row, innovation);
            if (c->states[innovation] != RESULT_OK)
                make_missing(c, w, row);
        }
    }
}

/* --- The whole -------------------------------------------------------------------------------- */

static int open_columns(struct collecting *c)
{
    c->out->n_columns = c->plugin->n_writes;
    c->out->columns = arena_array(c->arena, c->plugin->n_writes, sizeof *c->out->columns);
    if (!c->out->columns)
        return -1;
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        const struct share_out *out = &c->job->share.outs[w];
        struct result_column *column = &c->out->columns[w];
        column->write = &c->plugin->writes[w];
        column->table = out->table;
        column->rows = out->rows;
        if (column->write->type == UPTAKE_NUMBER)
            column->values = (double *)(void *)out->values;
        else
            column->codes = (int32_t *)(void *)out->values;
        column->low = out->low;
        column->high = out->high;
    }
    return 0;
}

static void count_states(struct collecting *c)
{
    for (uint64_t i = 0; i < c->model->innovations; i++) {
        c->out->ok += c->states[i] == RESULT_OK;
        c->out->skipped += c->states[i] == RESULT_SKIPPED;
        c->out->failed += c->states[i] == RESULT_FAILED;
    }
    bool some = c->out->failed || c->portfolio_failed;
    c->out->status = c->job->failed_whole                      ? PLUGIN_FAILED
                     : c->job->stopped                         ? PLUGIN_STOPPED
                     : c->out->failed == c->model->innovations ? PLUGIN_FAILED
                     : some                                    ? PLUGIN_PARTIAL
                                                               : PLUGIN_OK;
}

static int collect_all(struct collecting *c)
{
    collect_untouched(c);
    if (open_columns(c) != 0 || collect_log(c) != 0 || settle_states(c) != 0 ||
        collect_texts(c) != 0 || check_all(c) != 0)
        return -1;
    if (c->failures)
        clear_failed(c);
    collect_empty(c);
    if (collect_reasons(c) != 0)
        return -1;
    c->log->failures = c->failures;
    c->log->causes = c->job->causes;
    return 0;
}

int collect(struct job *job, struct result *result, struct result_plugin *out,
            struct uptake_error *error)
{
    const struct plan_plugin *of = job->share.of;
    struct collecting c = {.job = job,
                           .plugin = of->plugin,
                           .model = job->share.model,
                           .out = out,
                           .states = job->share.states,
                           .arena = &result->arena};
    *out = (struct result_plugin){.name = of->spec->name,
                                  .plugin = of->plugin,
                                  .states = job->share.states,
                                  .with_text = of->with_text,
                                  .batch_dependent = job->batch_dependent < job->cutoff,
                                  .inputs = out->inputs,
                                  .n_inputs = out->n_inputs,
                                  .rerun = out->rerun};
    death_messages(job);
    if (collect_all(&c) != 0)
        return error_memory(error);
    for (size_t w = 0; w < out->n_columns; w++)
        result_basis_tables(result, out, w);
    count_states(&c);
    out->messages = job->messages;
    out->n_messages = job->n_messages;
    return 0;
}

int collect_findings(struct job *job, struct result *result, struct result_plugin *out,
                     struct uptake_error *error)
{
    struct collecting c = {.job = job,
                           .plugin = job->share.of->plugin,
                           .model = job->share.model,
                           .out = out,
                           .log = (struct result_log *)(uintptr_t)out->log,
                           .states = job->share.states,
                           .arena = &result->arena};
    return collect_notes(&c) == 0 ? 0 : error_memory(error);
}

void collect_drop(struct result_plugin *plugin)
{
    free((void *)(uintptr_t)plugin->notes_at);
    for (size_t w = 0; w < plugin->n_columns; w++)
        free(plugin->columns[w].texts);
    if (!plugin->log)
        return;
    free((void *)(uintptr_t)plugin->log->notes);
    free((void *)(uintptr_t)plugin->log->reasons);
    free((void *)(uintptr_t)plugin->log->failures);
}
