/* The figures of two runs that a condition may name. */
#include <math.h>
#include <string.h>

#include "compare/runs.h"

enum figure_number {
    TAU_B,
    RBO,
    RANK_MOVES,
    MOVED,
    TOP_K_CHANGES,
    SCORES_CHANGED,
    VALUES_CHANGED,
    LARGEST_DIFFERENCE,
    ADDED,
    REMOVED,
    FINDINGS_ADDED,
    FINDINGS_REMOVED,
    BLOCKS_ADDED,
    STATUSES_CHANGED,
    INPUTS_CHANGED,
    LIST_VALUES_CHANGED,
    REASONS_CHANGED,
    DECLARED_CHANGED,
    FOUND,
    FIGURES
};

static const struct expression_name names[FIGURES] = {
    [TAU_B] = {"tau_b", "the least tau-b between the two orders of a merge"},
    [RBO] = {"rbo", "the least rank-biased overlap between them"},
    [RANK_MOVES] = {"rank_moves", "places that an innovation moved, the most in any merge"},
    [MOVED] = {"moved", "innovations with another rank, the most in any merge"},
    [TOP_K_CHANGES] = {"top_k_changes", "innovations new among the first k, the most in any merge"},
    [SCORES_CHANGED] = {"scores_changed", "scores that differ beyond tolerance, in all merges"},
    [VALUES_CHANGED] = {"values_changed", "values of measures that differ beyond tolerance"},
    [LARGEST_DIFFERENCE] = {"largest_difference", "the largest difference of two numbers"},
    [ADDED] = {"added", "innovations that only the second run has"},
    [REMOVED] = {"removed", "innovations that only the first run has"},
    [FINDINGS_ADDED] = {"findings_added", "findings that only the second run has"},
    [FINDINGS_REMOVED] = {"findings_removed", "findings that only the first run has"},
    [BLOCKS_ADDED] = {"blocks_added", "of them, findings of the second that block"},
    [STATUSES_CHANGED] = {"statuses_changed",
                          "innovation and plugin: ok, skipped or failed, and now another"},
    [INPUTS_CHANGED] = {"inputs_changed",
                        "what differs of spec, model, plugins, parameters and machine"},
    [LIST_VALUES_CHANGED] = {"list_values_changed",
                             "values of lists' rows that differ, and rows that one run has alone"},
    [REASONS_CHANGED] = {"reasons_changed",
                         "innovation and plugin: skipped or failed in both, for another reason"},
    [DECLARED_CHANGED] = {"declared_changed",
                          "of two versions of a plugin: what differs of what they declare"},
    [FOUND] =
        {"search_found",
         "of two versions of a plugin: 1 where a model was found on which they differ, else 0"},
};

const struct expression_name *runs_names(size_t *count)
{
    *count = FIGURES;
    return names;
}

static void put_merge_figures(const struct runs *runs, struct result_figure *figures)
{
    struct result_figure none[] = {{"tau_b", (double)NAN, "no_merge_in_common"},
                                   {"rbo", (double)NAN, "no_merge_in_common"}};
    figures[TAU_B] = none[0];
    figures[RBO] = none[1];
    for (size_t k = 0; k < runs->n_merges; k++) {
        const struct runs_merge *of = &runs->merges[k];
        if (!of->a || !of->b)
            continue;
        if (!(figures[TAU_B].value <= of->tau_b)) {
            figures[TAU_B].value = of->tau_b;
            figures[TAU_B].reason = of->tau_reason;
        }
        if (!(figures[RBO].value <= of->rbo)) {
            figures[RBO].value = of->rbo;
            figures[RBO].reason = of->rbo_reason;
        }
        figures[RANK_MOVES].value = fmax(figures[RANK_MOVES].value, (double)of->move);
        figures[MOVED].value = fmax(figures[MOVED].value, (double)of->moved);
        figures[TOP_K_CHANGES].value = fmax(figures[TOP_K_CHANGES].value, (double)of->entered);
        figures[SCORES_CHANGED].value += (double)of->scores_changed;
    }
}

int runs_put_figures(struct runs *runs, struct uptake_error *error)
{
    struct result_figure *figures = arena_array(&runs->arena, FIGURES, sizeof *figures);
    runs->figures = figures;
    if (!figures)
        return error_memory(error);
    for (size_t k = 0; k < FIGURES; k++)
        figures[k].name = names[k].name;
    put_merge_figures(runs, figures);
    for (size_t k = 0; k < runs->n_measures; k++) {
        figures[VALUES_CHANGED].value += (double)runs->measures[k].changed;
        figures[LARGEST_DIFFERENCE].value =
            fmax(figures[LARGEST_DIFFERENCE].value, runs->measures[k].largest);
    }
    for (size_t k = 0; k < runs->n_lists; k++) {
        const struct runs_list *list = &runs->lists[k];
        figures[LIST_VALUES_CHANGED].value +=
            (double)(list->of.changed + list->added + list->removed);
        figures[LARGEST_DIFFERENCE].value =
            fmax(figures[LARGEST_DIFFERENCE].value, list->of.largest);
    }
    figures[ADDED].value = (double)runs->added;
    figures[REMOVED].value = (double)runs->removed;
    figures[FINDINGS_ADDED].value = (double)runs->findings_added;
    figures[FINDINGS_REMOVED].value = (double)runs->findings_removed;
    figures[BLOCKS_ADDED].value = (double)runs->blocks_added;
    figures[STATUSES_CHANGED].value = (double)runs->statuses;
    figures[INPUTS_CHANGED].value = (double)runs->n_inputs;
    figures[REASONS_CHANGED].value = (double)runs->reasons;
    runs_set_figure(runs, names[DECLARED_CHANGED].name, (double)NAN, "not_two_versions");
    runs_set_figure(runs, names[FOUND].name, (double)NAN, "no_search");
    return 0;
}

/* --- One figure -------------------------------------------------------------------------------- */

static struct result_figure *figure_named(const struct runs *runs, const char *name)
{
    size_t k = 0;
    while (k < FIGURES - 1 && strcmp(names[k].name, name) != 0)
        k++;
    return &runs->figures[k];
}

void runs_set_figure(struct runs *runs, const char *name, double value, const char *reason)
{
    *figure_named(runs, name) = (struct result_figure){name, reason ? (double)NAN : value, reason};
}

double runs_figure(const struct runs *runs, const char *name)
{
    return figure_named(runs, name)->value;
}

bool runs_same(const struct runs *runs)
{
    static const enum figure_number changes[] = {
        ADDED, REMOVED,        VALUES_CHANGED,   LIST_VALUES_CHANGED, SCORES_CHANGED,
        MOVED, FINDINGS_ADDED, FINDINGS_REMOVED, STATUSES_CHANGED,    REASONS_CHANGED};
    for (size_t k = 0; k < sizeof changes / sizeof *changes; k++)
        if (runs->figures[changes[k]].value > 0)
            return false;
    for (size_t k = 0; k < runs->n_merges; k++)
        if (!runs->merges[k].a || !runs->merges[k].b)
            return false;
    for (size_t k = 0; k < runs->n_measures; k++)
        if (!runs->measures[k].a || !runs->measures[k].b)
            return false;
    for (size_t k = 0; k < runs->n_lists; k++)
        if (!runs->lists[k].of.a || !runs->lists[k].of.b)
            return false;
    return true;
}
