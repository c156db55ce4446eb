/*
 * Where the facts of the shipped models come from: every row of configs/models/against-the-odds.yaml that
 * states a fact names its evidence; a desk reading may have none, but then says that it is one, whose, and
 * why.
 */
#include <stdio.h>
#include <string.h>

#include "model/fixture.h"

TestSuite(model_evidence, .init = fixture_open, .fini = fixture_close, .timeout = 120);

enum { LISTS = 9, DESK_READING = 3 /* among published, interviews, workshop, desk_reading */ };

/* Lists whose rows are facts, or readings. */
static const struct {
    const char *list;
    bool readings;
} lists[LISTS] = {
    {"vehicles[]", false},     {"judgements[]", true}, {"support[]", true},
    {"levers[]", false},       {"spells[]", false},    {"observations[]", false},
    {"measurements[]", false}, {"effects[]", false},   {"costs[]", false},
};

struct asked {
    char paths[3][64];
    struct model_request requests[3]; /* evidence, basis, because */
};

static void ask(struct asked *asked, size_t list)
{
    static const char *const fields[] = {"evidence[]", "basis", "because"};
    static const uint32_t types[] = {UPTAKE_REF, UPTAKE_CHOICE, UPTAKE_TEXT};
    for (size_t k = 0; k < (lists[list].readings ? 3 : 1); k++) {
        snprintf(asked->paths[k], sizeof asked->paths[k], "%s.%s", lists[list].list, fields[k]);
        asked->requests[k] = fixture_read(asked->paths[k], types[k]);
    }
}

static bool is_desk_reading(const struct loading *loading, const struct asked *asked, uint64_t row)
{
    const int16_t *basis = fixture_column(loading, &asked->requests[1])->values;
    const int32_t *because = fixture_column(loading, &asked->requests[2])->values;
    return basis && because && basis[row] == DESK_READING && because[row] >= 0;
}

/* Rows that name no evidence and are no desk reading; counts all of them in *rows. */
static int without_source(const struct model_options *options, size_t list, uint64_t *rows)
{
    struct asked asked;
    struct model_options with = *options;
    int lacking = 0;
    ask(&asked, list);
    with.requests = asked.requests;
    with.n_requests = lists[list].readings ? 3 : 1;
    struct loading *loading = fixture_load(with);
    cr_assert_not(loading->failed, "%s", loading->messages);
    const struct model_table *evidence = fixture_table(loading, &asked.requests[0]);
    for (uint64_t row = 0; row < evidence->parents; row++) {
        bool named = evidence->offsets[row + 1] > evidence->offsets[row];
        if (named || (lists[list].readings && is_desk_reading(loading, &asked, row)))
            continue;
        lacking++;
        cr_log_info("%s row %llu names no evidence", lists[list].list, (unsigned long long)row);
    }
    *rows += evidence->parents;
    fixture_free(loading);
    return lacking;
}

Test(model_evidence, against_the_odds)
{
    struct model_options options = {.path = TEST_ROOT "/configs/models/against-the-odds.yaml"};
    uint64_t rows = 0;
    for (size_t list = 0; list < LISTS; list++)
        cr_expect_eq(without_source(&options, list, &rows), 0, "%s", lists[list].list);
    cr_expect_geq(rows, 150u); /* and it did look at them */
}

/* The innovation's own group of facts. */
Test(model_evidence, commissioning)
{
    struct model_request requests[] = {fixture_read("commissioning.evidence[]", UPTAKE_REF),
                                       fixture_read("commissioning.payback", UPTAKE_NUMBER),
                                       fixture_read("commissioning.measured_outcome", UPTAKE_FLAG)};
    struct loading *loading = fixture_load(
        (struct model_options){.path = TEST_ROOT "/configs/models/against-the-odds.yaml",
                               .requests = requests,
                               .n_requests = 3});
    cr_assert_not(loading->failed, "%s", loading->messages);
    const struct model_table *evidence = fixture_table(loading, &requests[0]);
    const double *payback = fixture_column(loading, &requests[1])->values;
    const int8_t *measured = fixture_column(loading, &requests[2])->values;
    int said = 0;
    for (uint64_t i = 0; i < loading->model.innovations; i++) {
        bool says = !isnan(payback[i]) || measured[i] >= 0;
        said += says;
        cr_expect(!says || evidence->offsets[i + 1] > evidence->offsets[i], "innovation %d",
                  (int)i);
    }
    cr_expect_geq(said, 2);
    fixture_free(loading);
}

/* The check can fail: a lever without evidence, and a reading that does not say on what it rests. */
Test(model_evidence, finds_what_lacks_a_source)
{
    static const char text[] =
        "uptake: 1\ninnovations:\n- id: a\n  name: A\n  evidence: [{id: e, source: s}]\n"
        "  levers: [{kind: target}, {kind: grant, evidence: [e]}]\n"
        "  support:\n"
        "  - {resource: time, phase: running, met: yes, basis: desk_reading, because: read}\n"
        "  - {resource: time, phase: set_up, met: yes, basis: desk_reading}\n"
        "  - {resource: space, phase: set_up, met: yes, basis: published, because: read}\n";
    uint64_t rows = 0;
    fixture_text("m.yaml", text);
    cr_expect_eq(without_source(&(struct model_options){0}, 3, &rows), 1);
    cr_expect_eq(without_source(&(struct model_options){0}, 2, &rows), 2);
    cr_expect_eq(rows, 5u);
}
