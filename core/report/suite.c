/* The conformance suite's findings: see suite.h. */
#include "report/suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/json.h"
#include "report/prose.h"

enum { LINE = 1400 };

static const char *const verdicts[] = {[SUITE_PASSED] = "passed",
                                       [SUITE_FAILED] = "failed",
                                       [SUITE_UNDONE] = "undone",
                                       [SUITE_EXCUSED] = "excused",
                                       [SUITE_SKIPPED] = "skipped"};

static size_t count(const struct suite *suite, enum suite_verdict verdict)
{
    size_t found = 0;
    for (size_t k = 0; k < suite->n_outcomes; k++)
        found += suite->outcomes[k].verdict == verdict;
    return found;
}

static void again(const struct suite *suite, const struct suite_outcome *outcome, char text[LINE])
{
    snprintf(text, LINE, "uptake check %.900s --only %s --seed %" PRIu64, suite->plugin->bundle,
             outcome->name, suite->seed);
}

/* --- For people -------------------------------------------------------------------------------- */

static void put_failure(const struct suite *suite, const struct suite_outcome *outcome,
                        const struct report_style *style, struct report_out *out)
{
    char text[LINE], command[LINE];
    struct prose_label label = {outcome->name, TONE_BAD, 2, 4};
    snprintf(text, sizeof text, "%s: %s",
             outcome->verdict == SUITE_UNDONE ? "could not be looked at" : "is not so",
             outcome->doc);
    prose_item(out, style, label, text);
    prose_line(out, style, PROSE_NESTED, outcome->text);
    again(suite, outcome, command);
    snprintf(text, sizeof text, "    %.1300s\n", command);
    prose_code(out, style, "sh", text);
}

/* Checks that were not run for one reason, on one line. */
static void put_unrun(const struct suite *suite, size_t first, const struct report_style *style,
                      struct report_out *out)
{
    const struct suite_outcome *outcomes = suite->outcomes;
    char text[LINE] = "";
    size_t used = 0;
    for (size_t k = 0; k < suite->n_outcomes; k++) {
        if (outcomes[k].verdict < SUITE_EXCUSED ||
            strcmp(outcomes[k].text, outcomes[first].text) != 0)
            continue;
        if (k < first)
            return;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "",
                                 outcomes[k].name);
    }
    snprintf(text + used, sizeof text - used, ": not looked for, %.640s", outcomes[first].text);
    prose_line(out, style, 2, text);
}

int report_suite(const struct suite *suite, const struct report_style *style,
                 struct report_out *out, struct uptake_error *error)
{
    char text[LINE], undone[48] = "";
    (void)error;
    if (count(suite, SUITE_UNDONE))
        snprintf(undone, sizeof undone, ", %zu could not be looked at", count(suite, SUITE_UNDONE));
    snprintf(text, sizeof text, "%s %s, seed %" PRIu64 ": %zu checks passed, %zu failed%s",
             suite->plugin->id, suite->plugin->version, suite->seed, count(suite, SUITE_PASSED),
             count(suite, SUITE_FAILED), undone);
    prose_line(out, style, 0, text);
    for (size_t k = 0; k < suite->n_outcomes; k++)
        if (suite->outcomes[k].verdict == SUITE_FAILED ||
            suite->outcomes[k].verdict == SUITE_UNDONE)
            put_failure(suite, &suite->outcomes[k], style, out);
    for (size_t k = 0; k < suite->n_outcomes; k++)
        if (suite->outcomes[k].verdict >= SUITE_EXCUSED)
            put_unrun(suite, k, style, out);
    for (size_t k = 0; k < suite->n_outcomes; k++) {
        const struct suite_outcome *outcome = &suite->outcomes[k];
        if (outcome->verdict == SUITE_PASSED && outcome->text[0]) {
            snprintf(text, sizeof text, "%s: %.640s", outcome->name, outcome->text);
            prose_line(out, style, 2, text);
        }
    }
    return 0;
}

/* --- JSON -------------------------------------------------------------------------------------- */

static void put_check(struct json *json, const struct suite *suite,
                      const struct suite_outcome *outcome)
{
    char command[LINE];
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "name", outcome->name);
    json_pair(json, "verdict", verdicts[outcome->verdict]);
    json_pair(json, "means", outcome->doc);
    json_pair(json, "text", outcome->text);
    again(suite, outcome, command);
    json_pair(json, "again", command);
    json_close(json, '}');
}

void report_suite_json(const struct suite *suite, struct report_out *out)
{
    struct json json = {out, false};
    json_open(&json, '{');
    json_pair(&json, "plugin", suite->plugin->id);
    json_pair(&json, "version", suite->plugin->version);
    json_pair(&json, "bundle", suite->plugin->bundle);
    json_pair_count(&json, "seed", suite->seed);
    json_pair_count(&json, "passed", count(suite, SUITE_PASSED));
    json_pair_count(&json, "failed", count(suite, SUITE_FAILED));
    json_pair_count(&json, "undone", count(suite, SUITE_UNDONE));
    json_key(&json, "checks");
    json_open(&json, '[');
    for (size_t k = 0; k < suite->n_outcomes; k++)
        put_check(&json, suite, &suite->outcomes[k]);
    json_close(&json, ']');
    json_close(&json, '}');
    out_char(out, '\n');
}
