/*
 * Records: what is saved reads back bit by bit, as the reports show (against a live run of the same spec), and bytes that
 * were changed at random never do harm: a record reads, or one message says why not.
 */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/database.h"
#include "cli/pipeline.h"
#include "result/record_read.h"

TestSuite(record, .timeout = 240);

static struct pipeline pipeline;
static struct spec spec;
static struct arena arena;
static char path[] = "/tmp/uptake-record-XXXXXX";

static void run_and_save(const char *config)
{
    struct uptake_error error = {0};
    const struct run_options options = {.jobs = 1};
    const struct record_option asked[] = {{"set", "title=x"}};
    const struct record_timing timings[] = {{"plugins", 0.25}};
    const struct record_run run = {
        .spec = &spec, .options = asked, .n_options = 1, .timings = timings, .n_timings = 1};
    setenv("UPTAKE_PLUGIN_PATH", TEST_PLUGINS, 1);
    cr_assert(spec_read(config, NULL, 0, &arena, &spec, &error) == 0, "%s", error.text[0]);
    cr_assert(pipeline_run(&spec, &options, &pipeline, &error) == 0, "%s", error.text[0]);
    cr_assert(pipeline_explain(&pipeline, UINT64_MAX, &error) == 0);
    int file = mkstemp(path);
    cr_assert(file >= 0);
    cr_assert(record_save(file, path, &pipeline.result, &run, &error) == 0, "%s", error.text[0]);
    close(file);
}

static void end(void)
{
    unlink(path);
    pipeline_finish(&pipeline);
    arena_finish(&arena);
}

/* --- Bit by bit -------------------------------------------------------------------------------- */

static bool same_bits(const double *a, const double *b, uint64_t n)
{
    for (uint64_t k = 0; a && k < n; k++)
        if (isnan(a[k]) ? uptake_why(a[k]) != uptake_why(b[k]) : a[k] != b[k])
            return false;
    return !a == !b;
}

static void expect_columns(const struct result_plugin *a, const struct result_plugin *b)
{
    char x[UPTAKE_TEXT_BYTES + 1], y[UPTAKE_TEXT_BYTES + 1];
    cr_assert(a->n_columns == b->n_columns);
    for (size_t w = 0; w < a->n_columns; w++) {
        const struct result_column *p = &a->columns[w], *q = &b->columns[w];
        const char *name = p->write->name;
        cr_assert(p->rows == q->rows && p->write->type == q->write->type, "%s", name);
        cr_expect_str_eq(p->write->entity, q->write->entity);
        cr_expect(same_bits(p->values, q->values, p->rows), "%s", name);
        cr_expect(same_bits(p->low, q->low, p->rows), "%s low", name);
        cr_expect(same_bits(p->high, q->high, p->rows), "%s high", name);
        for (uint64_t k = 0; k < p->rows && p->codes; k++)
            cr_expect(p->codes[k] == q->codes[k], "%s, row %d", name, (int)k);
        for (uint64_t k = 0; k < p->rows && p->texts; k++) {
            result_text(a, p, k, x);
            result_text(b, q, k, y);
            cr_expect_str_eq(x, y);
        }
    }
}

static void expect_words(const struct result *a, const struct result *b, size_t p)
{
    const struct result_plugin *x = &a->plugins[p], *y = &b->plugins[p];
    char s[UPTAKE_TEXT_BYTES + 32], t[UPTAKE_TEXT_BYTES + 32];
    cr_assert(x->n_notes == y->n_notes);
    for (uint64_t k = 0; k < x->n_notes; k++) {
        struct result_note m = result_note(x, k), n = result_note(y, k);
        result_note_text(x, &m, s);
        result_note_text(y, &n, t);
        cr_expect_str_eq(s, t);
        cr_expect(m.innovation == n.innovation && m.level == n.level);
        const char *why = result_because(a, &m), *because = result_because(b, &n);
        cr_expect(!why == !because && (!why || strcmp(why, because) == 0));
    }
    for (uint64_t i = 0; i < a->model->innovations; i++) {
        result_status_text(x, i, s);
        result_status_text(y, i, t);
        cr_expect_str_eq(s, t);
        cr_expect(x->notes_at[i] == y->notes_at[i]);
        for (size_t w = 0; w < x->n_columns; w++) {
            if (x->columns[w].write->entity[0])
                continue;
            struct result_basis m = result_basis_of(a, x, w, i), n = result_basis_of(b, y, w, i);
            cr_expect(memcmp(&m, &n, sizeof m) == 0);
        }
    }
}

static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

/* Of all measures together no plugin is known. */
static void expect_part(const struct result_part *a, const struct result_part *b)
{
    cr_expect(same(a->value, b->value) && same(a->contribution, b->contribution) &&
              same(a->places, b->places));
    cr_expect(a->innovation == b->innovation && a->rank_low[1] == b->rank_low[1] &&
              a->rank_high[0] == b->rank_high[0]);
    cr_expect(!a->measure == !b->measure);
    if (a->measure)
        cr_expect(a->plugin == b->plugin && a->write == b->write &&
                  strcmp(a->measure, b->measure) == 0);
}

static void expect_merges(const struct result *a, const struct result *b)
{
    uint64_t n = a->model->innovations;
    cr_assert(a->n_merges == b->n_merges);
    for (size_t m = 0; m < a->n_merges; m++) {
        const struct result_merged *x = &a->merges[m], *y = &b->merges[m];
        cr_expect_str_eq(x->name, y->name);
        cr_expect(same_bits(x->score, y->score, n));
        cr_expect(same_bits(x->score_low, y->score_low, n));
        cr_expect(same_bits(x->coverage, y->coverage, n));
        cr_expect(memcmp(x->rank, y->rank, n * sizeof *x->rank) == 0);
        cr_expect(memcmp(x->rank_high, y->rank_high, n * sizeof *x->rank_high) == 0);
        cr_expect(memcmp(x->order, y->order, n * sizeof *x->order) == 0);
        cr_assert(x->n_parts == y->n_parts);
        for (size_t k = 0; k < x->n_parts; k++)
            expect_part(&x->parts[k], &y->parts[k]);
    }
}

Test(record, reads_back_bit_by_bit)
{
    struct record record;
    struct uptake_error error = {0};
    if (!database_available())
        cr_skip_test("without SQLite");
    run_and_save(TEST_ROOT "/configs/against-the-odds.yaml");
    cr_assert(record_read(path, &record, &error) == 0, "%s", error.text[0]);
    const struct result *a = &pipeline.result, *b = &record.result;
    cr_assert(a->n_plugins == b->n_plugins && a->n_plugins >= 4);
    for (size_t p = 0; p < a->n_plugins; p++) {
        expect_columns(&a->plugins[p], &b->plugins[p]);
        expect_words(a, b, p);
    }
    expect_merges(a, b);
    cr_expect(record.n_options == 1 && strcmp(record.options[0].value, "title=x") == 0);
    cr_expect(record.n_inputs > 2 && record.inputs[0].content);
    record_finish(&record);
    end();
}

/* --- Harm -------------------------------------------------------------------------------------- */

static char *slurp(size_t *bytes)
{
    FILE *file = fopen(path, "rb");
    fseek(file, 0, SEEK_END);
    *bytes = (size_t)ftell(file);
    rewind(file);
    char *data = malloc(*bytes);
    cr_assert(fread(data, 1, *bytes, file) == *bytes);
    fclose(file);
    return data;
}

static void spill(const char *data, size_t bytes)
{
    FILE *file = fopen(path, "wb");
    cr_assert(fwrite(data, 1, bytes, file) == bytes);
    fclose(file);
}

/* What reading it all touches. */
static void touch(const struct record *record)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    const struct result *result = &record->result;
    for (size_t p = 0; p < result->n_plugins; p++) {
        for (uint64_t k = 0; k < result->plugins[p].n_notes; k++) {
            struct result_note note = result_note(&result->plugins[p], k);
            result_note_text(&result->plugins[p], &note, text);
            result_because(result, &note);
        }
        for (uint64_t i = 0; i < result->model->innovations; i++)
            result_status_text(&result->plugins[p], i, text);
    }
}

Test(record, changed_bytes_do_no_harm)
{
    uint64_t random = 88172645463325252u; /* xorshift64 (Marsaglia 2003) */
    size_t bytes, read = 0;
    if (!database_available())
        cr_skip_test("without SQLite");
    run_and_save(TEST_ROOT "/configs/small.yaml");
    char *whole = slurp(&bytes), *data = malloc(bytes);
    for (int round = 0; round < 300; round++) {
        struct uptake_error error = {0};
        struct record record;
        memcpy(data, whole, bytes);
        for (int k = 0; k <= round % 8; k++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            data[random % bytes] = (char)(random >> 40);
        }
        spill(data, round % 10 == 9 ? random % bytes : bytes);
        if (record_read(path, &record, &error) == 0) {
            touch(&record);
            record_finish(&record);
            read++;
        } else {
            cr_expect(error.count == 1 && error.exit_code == EXIT_INPUT, "%s", error.text[0]);
        }
    }
    cr_expect(read < 300);
    free(whole);
    free(data);
    end();
}
