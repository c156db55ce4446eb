/*
 * Any bytes as a model: it loads, and then everything in it fits together, or it gives at least one message and exit code
 * 2. Behind a line "====LETTERS" there may be changes, as in the `set` of a scenario; the letters say what is asked:
 *
 *   c  what `check` accepts      a  with an as_of          i  only innovation "a"
 *   n  nothing is read of it     m  what it does not say   v  without verdicts
 *
 * Changes that changed no row leave the model as it is without them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/invariants.h"
#include "check/missing.h"
#include "fuzz.h"
#include "report/missing.h"
#include "spec/spec.h"

static const char *const plugin_choices[] = {"red", "green", NULL};

/* No range of its own. */
#define NO_LIMIT ((double)NAN)
#define READ(path, type)                                                                           \
    {                                                                                              \
        path, type, true, NO_LIMIT, NO_LIMIT, NULL, NULL, "the fuzzer", {NULL, 0, 0}, 0, 0, false  \
    }
static const struct model_request reads[] = {
    READ("/rules[]", UPTAKE_VERDICT),
    READ("support[]", UPTAKE_LIST),
    READ("support[resource=time, needed>=2].needed", UPTAKE_NUMBER),
    READ("support[].provided", UPTAKE_NUMBER),
    READ("support[].adopter", UPTAKE_REF),
    READ("support[].evidence[]", UPTAKE_REF),
    READ("judgements[framework=nasss].value", UPTAKE_NUMBER),
    READ("judgements[framework=nasss].evidence[].value", UPTAKE_REF),
    READ("judgements[].domain", UPTAKE_CHOICE),
    READ("judgements[].evidence[]", UPTAKE_REF),
    READ("judgements[].state", UPTAKE_CHOICE),
    READ("vehicles[].follows", UPTAKE_REF),
    READ("vehicles[].income[].share", UPTAKE_NUMBER),
    READ("levers[scheme!=NICE_TA].follows", UPTAKE_REF),
    READ("levers[].ends", UPTAKE_DATE),
    READ("commissioning.budget_impact[year<=3].gbp", UPTAKE_NUMBER),
    READ("commissioning.measured_outcome", UPTAKE_FLAG),
    READ("commissioning.payback", UPTAKE_NUMBER),
    READ("core_components[]", UPTAKE_TEXT),
    READ("priorities[]", UPTAKE_REF),
    READ("spells[].stopped", UPTAKE_DATE),
    READ("spells[].status", UPTAKE_CHOICE),
    READ("observations[].value", UPTAKE_NUMBER),
    READ("measurements[].numerator", UPTAKE_NUMBER),
    READ("effects[].estimate", UPTAKE_NUMBER),
    READ("kind", UPTAKE_CHOICE),
    READ("summary", UPTAKE_TEXT),
    READ("/adopters[].merged_into", UPTAKE_REF),
    READ("/adopters[type=trust].imd_decile", UPTAKE_NUMBER),
    READ("/ties[].from", UPTAKE_REF),
    READ("/evidence[].year", UPTAKE_NUMBER),
    READ("/evidence[].source", UPTAKE_TEXT),
    READ("/evidence[].read_on", UPTAKE_DATE),
    READ("/priorities[].starts", UPTAKE_DATE),
    READ("custom.cost", UPTAKE_NUMBER),
    READ("custom.deep.cost", UPTAKE_NUMBER),
    {"costs[].colour",
     UPTAKE_CHOICE,
     false,
     NO_LIMIT,
     NO_LIMIT,
     NULL,
     plugin_choices,
     "the fuzzer",
     {NULL, 0, 0},
     0,
     0,
     false},
};
enum { READS = sizeof reads / sizeof *reads, CHANGES_MOST = 64 };

/* One load, and what it was asked for. */
struct loading {
    struct model model;
    struct model_request requests[READS];
    struct model_changed changed[CHANGES_MOST];
    struct model_options options;
    struct uptake_error error;
    int failed;
};

/* --- Whether two models are one ----------------------------------------------------------------- */

static const struct model_column *column_of(const struct loading *loading, size_t request)
{
    const struct model_request *asked = &loading->requests[request];
    const struct model_table *table = &loading->model.tables[asked->table];
    return asked->column < table->n_columns ? &table->columns[asked->column] : NULL;
}

static size_t value_bytes(uint32_t type)
{
    static const size_t bytes[] = {[UPTAKE_NUMBER] = 8, [UPTAKE_CHOICE] = 2, [UPTAKE_REF] = 8,
                                   [UPTAKE_FLAG] = 1,   [UPTAKE_DATE] = 8,   [UPTAKE_VERDICT] = 1};
    return type < sizeof bytes / sizeof *bytes ? bytes[type] : 0;
}

static bool same_texts(const struct loading *a, const struct loading *b, const int32_t *left,
                       const int32_t *right, uint64_t rows)
{
    for (uint64_t row = 0; row < rows; row++)
        if ((left[row] < 0 || right[row] < 0)
                ? left[row] != right[row]
                : strcmp(model_text(&a->model, left[row]), model_text(&b->model, right[row])) != 0)
            return false;
    return true;
}

static bool same_column(const struct loading *a, const struct loading *b,
                        const struct model_column *left, const struct model_column *right,
                        uint64_t rows)
{
    if (left->type != right->type || !left->values != !right->values ||
        left->n_doubts != right->n_doubts)
        return false;
    for (uint64_t k = 0; k < left->n_doubts; k++)
        if (left->doubts[k].row != right->doubts[k].row ||
            left->doubts[k].kind != right->doubts[k].kind ||
            !(left->doubts[k].low == right->doubts[k].low) ||
            !(left->doubts[k].high == right->doubts[k].high))
            return false;
    if (!left->values)
        return true;
    return left->type == UPTAKE_TEXT
               ? same_texts(a, b, left->values, right->values, rows)
               : memcmp(left->values, right->values, rows * value_bytes(left->type)) == 0;
}

static void expect_same(const struct loading *a, const struct loading *b)
{
    fuzz_expect(a->model.innovations == b->model.innovations, "no change, and other innovations");
    for (size_t k = 0; k < a->options.n_requests; k++) {
        const struct model_table *left = &a->model.tables[a->requests[k].table];
        const struct model_table *right = &b->model.tables[b->requests[k].table];
        const struct model_column *one = column_of(a, k), *other = column_of(b, k);
        fuzz_expect(left->rows == right->rows, "no change, and other rows of %s", reads[k].path);
        fuzz_expect(!one == !other && (!one || same_column(a, b, one, other, left->rows)),
                    "no change, and other values of %s", reads[k].path);
    }
}

/* --- Loading ------------------------------------------------------------------------------------ */

static void load(struct loading *loading, const char *path, const struct part *asked)
{
    bool nothing = fuzz_word_has(asked, 'n'), verdicts = !fuzz_word_has(asked, 'v');
    memcpy(loading->requests, reads + !verdicts, sizeof reads - !verdicts * sizeof *reads);
    loading->error.count = loading->error.more = 0;
    loading->options.path = path;
    loading->options.name = "m.yaml";
    loading->options.check_only = fuzz_word_has(asked, 'c');
    loading->options.as_of_given = fuzz_word_has(asked, 'a');
    loading->options.as_of = (struct uptake_period){17555, 17555};
    loading->options.innovation = fuzz_word_has(asked, 'i') ? "a" : NULL;
    loading->options.requests = nothing ? NULL : loading->requests;
    loading->options.n_requests = nothing ? 0 : READS - !verdicts;
    loading->failed = model_load(&loading->options, &loading->model, &loading->error);
    fuzz_expect_said("model_load", loading->failed, &loading->error);
    const char *broken = loading->failed ? NULL : model_broken(&loading->model);
    fuzz_expect(!broken, "%s", broken);
}

static void finish(struct loading *loading)
{
    if (!loading->failed)
        model_finish(&loading->model);
}

/* The changes as the spec has them; none: they are not well formed. */
static size_t read_changes(const struct part *part, const char *model, struct arena *arena,
                           const struct spec_change **changes)
{
    static struct uptake_error error;
    struct spec spec = {0};
    const char *text = arena_format(
        arena, "uptake: 1\nmodel: %s\nplugins: {a: {use: x}}\nscenarios: {s: {set: {\n%.*s\n}}}\n",
        model, (int)part->size, (const char *)part->data);
    error.count = error.more = 0;
    const char *path = fuzz_file(FUZZ_SECOND, text, strlen(text));
    int failed = spec_read(path, NULL, 0, arena, &spec, &error);
    fuzz_expect_said("spec_read", failed, &error);
    if (failed || spec.n_scenarios == 0 || spec.scenarios[0].n_changes > CHANGES_MOST)
        return 0;
    *changes = spec.scenarios[0].changes;
    return spec.scenarios[0].n_changes;
}

static bool changed_none(const struct loading *loading)
{
    for (size_t k = 0; k < loading->options.n_changes; k++) {
        const struct model_changed *changed = &loading->changed[k];
        fuzz_expect(changed->changed + changed->unknown <= changed->matched,
                    "more rows are changed than matched");
        if (changed->changed)
            return false;
    }
    return true;
}

static void load_changed(const char *path, const struct part *asked, const struct part *part,
                         const struct loading *before)
{
    static struct loading after;
    struct arena arena = {0};
    const struct spec_change *changes = NULL;
    size_t count = read_changes(part, path, &arena, &changes);
    if (count) {
        memset(&after.options, 0, sizeof after.options);
        memset(after.changed, 0, sizeof after.changed);
        after.options.changes = changes;
        after.options.n_changes = count;
        after.options.changed = after.changed;
        load(&after, path, asked);
        if (!after.failed && changed_none(&after))
            expect_same(before, &after);
        finish(&after);
    }
    arena_finish(&arena);
}

static void ask_missing(const char *path)
{
    static struct uptake_error error;
    static const struct report_style style = {.width = 100};
    struct missing missing = {0};
    error.count = error.more = 0;
    int failed = missing_of_model(path, &missing, &error);
    fuzz_expect_said("missing_of_model", failed, &error);
    if (!failed) {
        report_missing(&missing, "m.yaml", &style, fuzz_out(), &error);
        fuzz_expect_printable("what is missing");
        report_missing_json(&missing, "m.yaml", fuzz_out());
        fuzz_expect_json("what is missing");
    }
    missing_finish(&missing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct loading loading;
    struct part parts[2];
    size_t count = fuzz_parts(data, size, parts, 2);
    const char *path = fuzz_file(FUZZ_FIRST, parts[0].data, parts[0].size);
    memset(&loading.options, 0, sizeof loading.options);
    load(&loading, path, &parts[0]);
    if (!loading.failed && count == 2 && parts[1].size)
        load_changed(path, &parts[0], &parts[1], &loading);
    finish(&loading);
    if (fuzz_word_has(&parts[0], 'm'))
        ask_missing(path);
    return 0;
}
