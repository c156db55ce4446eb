/* Scenarios as JSON: what was changed and what came of it, and each innovation as it is then. */
#include "base/date.h"
#include "report/run_json.h"
#include "report/whatif.h"

static void put_change(struct json *json, struct texts *texts, const struct result_change *change)
{
    json_open(json, '{');
    json_pair(json, "path", change->path);
    json_pair(json, "change", change->what);
    json_pair_count(json, "rows_matched", change->rows.matched);
    json_pair_count(json, "rows_changed", change->rows.changed);
    json_pair_count(json, "rows_unknown", change->rows.unknown);
    json_pair_flag(json, "read", !change->rows.unread);
    json_pair(json, "outcome", whatif_outcome(texts, change));
    json_close(json, '}');
}

static void put_changes(struct json *json, struct view *view,
                        const struct result_scenario *scenario)
{
    json_key(json, "changes");
    json_open(json, '[');
    for (size_t k = 0; k < scenario->n_changes; k++)
        put_change(json, &view->texts, &scenario->changes[k]);
    json_close(json, ']');
}

static void put_plugins(struct json *json, const struct result *without, const struct result *with)
{
    json_key(json, "plugins");
    json_open(json, '[');
    for (size_t p = 0; p < with->n_plugins; p++) {
        json_open(json, '{');
        json_pair(json, "name", with->plugins[p].name);
        json_pair_flag(json, "run_again", whatif_is_rerun(without, with, p));
        json_pair(json, "status", view_plugin_status(with->plugins[p].status));
        json_pair_count(json, "failed", with->plugins[p].failed);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static bool same(const struct view *without, const struct view *with, uint64_t i)
{
    for (size_t k = 0; k < without->n_measures; k++)
        if (!whatif_same_measure(&without->measures[k], &with->measures[k], i))
            return false;
    for (size_t m = 0; m < without->result->n_merges; m++)
        if (!whatif_same_merge(&without->result->merges[m], &with->result->merges[m], i))
            return false;
    return true;
}

static void put_innovation(struct json *json, const struct view *without, const struct view *with,
                           uint64_t i)
{
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "id", view_id(with->result, i));
    json_pair_flag(json, "changed", !same(without, with, i));
    run_json_values(json, with, i);
    json_close(json, '}');
}

static void put_scenario(struct json *json, const struct view *without, struct view *with,
                         const struct result_scenario *scenario)
{
    const struct result *result = scenario->result;
    char date[DATE_BYTES] = "";
    if (result->as_of_given)
        date_print(date, result->as_of);
    json_line(json, 2);
    json_key(json, scenario->name);
    json_open(json, '{');
    json_pair(json, "title", scenario->title);
    json_pair(json, "as_of", result->as_of_given ? date : NULL);
    put_changes(json, with, scenario);
    json_pair_count(json, "left_out", result->model->left_out);
    json_pair_count(json, "hindsight", result->model->hindsight);
    put_plugins(json, without->result, result);
    json_line(json, 3);
    json_key(json, "innovations");
    json_open(json, '[');
    for (uint64_t i = 0; i < result->model->innovations; i++)
        put_innovation(json, without, with, i);
    json_close(json, ']');
    json_close(json, '}');
}

int whatif_json(struct json *json, const struct view *without, struct uptake_error *error)
{
    const struct result *result = without->result;
    int failed = 0;
    json_key(json, "scenarios");
    json_open(json, '{');
    for (size_t k = 0; k < result->n_scenarios && !failed; k++) {
        struct view with;
        failed = view_build(result->scenarios[k].result, &with, error);
        if (failed)
            break;
        put_scenario(json, without, &with, &result->scenarios[k]);
        failed = with.texts.failed ? error_memory(error) : 0;
        view_finish(&with);
    }
    json_close(json, '}');
    return failed;
}
