/* Names of a comparison: what each stands for. See compare.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compare/compare.h"

/* --- Sides ------------------------------------------------------------------------------------- */

static const struct spec_merge *merge_named(const struct spec *spec, const char *name)
{
    for (size_t m = 0; m < spec->n_merges; m++)
        if (strcmp(spec->merges[m].name, name) == 0)
            return &spec->merges[m];
    return NULL;
}

static int unknown_name(const struct spec *spec, const struct spec_name *name,
                        struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, name->text, strlen(name->text));
    for (size_t m = 0; m < spec->n_merges; m++)
        nearest_offer(&nearest, spec->merges[m].name);
    for (size_t p = 0; p < spec->n_plugins; p++)
        nearest_offer(&nearest, spec->plugins[p].name);
    return error_at(
        error, name->place,
        "between: the spec has no merge or plugin '%s' (a measure is named PLUGIN.WRITE or "
        "field:PATH)%s",
        text_quote(quoted, name->text, strlen(name->text)), nearest_hint(&nearest, hint));
}

static bool is_measure(const struct uptake_write *write)
{
    return write->type == UPTAKE_NUMBER && *write->entity == 0;
}

/* The write that answers a question, or SIZE_MAX. */
static size_t write_for(const struct plugin *plugin, const char *quantity)
{
    for (size_t k = 0; k < plugin->n_writes; k++)
        if (is_measure(&plugin->writes[k]) && strcmp(plugin->writes[k].quantity, quantity) == 0)
            return k;
    return SIZE_MAX;
}

static int no_such_quantity(const struct plugin *plugin, const struct spec_compare *spec,
                            const struct spec_name *name, struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, spec->quantity, strlen(spec->quantity));
    for (size_t k = 0; k < plugin->n_writes; k++)
        if (is_measure(&plugin->writes[k]) && *plugin->writes[k].quantity)
            nearest_offer(&nearest, plugin->writes[k].quantity);
    return error_at(error, spec->quantity_place, "quantity: %s (%s) writes nothing about '%s'%s",
                    name->text, plugin->id,
                    text_quote(quoted, spec->quantity, strlen(spec->quantity)),
                    nearest_hint(&nearest, hint));
}

/* A plugin's name stands for its headline, or for its answer to the comparison's question. */
static int resolve_plugin(struct plan *plan, const struct spec_compare *spec,
                          const struct spec_name *name, struct compare_name *out, bool *absent,
                          struct uptake_error *error)
{
    size_t at = plan_plugin_find(plan, name->text, strlen(name->text));
    if (at == SIZE_MAX) {
        *absent = true;
        return 0;
    }
    const struct plugin *plugin = plan->plugins[at].plugin;
    size_t write = spec->quantity ? write_for(plugin, spec->quantity) : 0;
    if (write == SIZE_MAX)
        return no_such_quantity(plugin, spec, name, error);
    if (!is_measure(&plugin->writes[write]))
        return error_at(error, name->place,
                        "between: the headline of '%s', %s, is not a number of each innovation; "
                        "name one of its measures",
                        name->text, plugin->writes[write].name);
    out->source = (struct merge_source){.plugin = at, .write = write};
    out->label = arena_format(&plan->arena, "%s.%s", name->text, plugin->writes[write].name);
    return out->label ? 0 : error_memory(error);
}

/* A measure that answers another question than the one that is asked. */
static int check_quantity(const struct plan *plan, const struct spec_compare *spec,
                          const struct spec_name *name, const struct merge_source *source,
                          struct uptake_error *error)
{
    if (!spec->quantity || source->plugin == SIZE_MAX)
        return 0;
    const struct plugin *plugin = plan->plugins[source->plugin].plugin;
    const char *answers = plugin->writes[source->write].quantity;
    char quoted[72];
    if (*answers == 0 || strcmp(answers, spec->quantity) == 0)
        return 0;
    return error_at(error, name->place, "between: '%s' is about '%s', not about '%s' (quantity)",
                    name->text, answers,
                    text_quote(quoted, spec->quantity, strlen(spec->quantity)));
}

static int resolve_name(struct plan *plan, const struct spec_compare *spec,
                        const struct spec_name *name, struct compare_name *out, bool *absent,
                        struct uptake_error *error)
{
    out->label = name->text;
    if (strpbrk(name->text, ".:")) {
        struct source_name measure = {"between", name->text, name->place, "the comparison"};
        bool left_out = false;
        if (source_resolve(plan, &measure, &out->source, &left_out, error) != 0)
            return -1;
        *absent |= left_out;
        return left_out ? 0 : check_quantity(plan, spec, name, &out->source, error);
    }
    out->merge = merge_named(plan->spec, name->text);
    bool plugin = source_in_spec(plan->spec, name->text, strlen(name->text));
    if (out->merge && plugin)
        return error_at(error, name->place,
                        "between: '%s' is a merge and a plugin; name the plugin's measure, or "
                        "rename one of them",
                        name->text);
    if (!out->merge && !plugin)
        return unknown_name(plan->spec, name, error);
    return out->merge ? 0 : resolve_plugin(plan, spec, name, out, absent, error);
}

static int check_twice(const struct compare_job *job, size_t k, struct uptake_error *error)
{
    const struct compare_name *name = &job->names[k];
    for (size_t before = 0; before < k; before++)
        if (name->label && job->names[before].label &&
            strcmp(job->names[before].label, name->label) == 0)
            return error_at(error, job->spec->between[k].place, "between: '%s' stands twice",
                            name->label);
    return 0;
}

/* --- Directions and statistics ----------------------------------------------------------------- */

static int resolve_direction(const struct compare_job *job, const struct spec_direction *direction,
                             struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    const char *text = direction->of.text;
    nearest_start(&nearest, text, strlen(text));
    for (size_t k = 0; k < job->spec->n_between; k++) {
        if (strcmp(job->spec->between[k].text, text) == 0) {
            job->names[k].better = direction->better;
            return 0;
        }
        nearest_offer(&nearest, job->spec->between[k].text);
    }
    return error_at(error, direction->of.place, "better: '%s' is not one of 'between'%s",
                    text_quote(quoted, text, strlen(text)), nearest_hint(&nearest, hint));
}

static int resolve_statistic(const struct compare_job *job, const struct spec_name *name,
                             struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    size_t count;
    const struct statistic *rows = statistics_rows(&count);
    const struct statistic *found = statistics_find(name->text);
    if (found) {
        job->picked[found - rows] = true;
        return 0;
    }
    nearest_start(&nearest, name->text, strlen(name->text));
    for (size_t k = 0; k < count; k++)
        nearest_offer(&nearest, rows[k].name);
    const char *help = nearest_hint(&nearest, hint);
    return error_at(error, name->place, "statistics: there is no statistic '%s'%s",
                    text_quote(quoted, name->text, strlen(name->text)),
                    help[0] ? help : "; `uptake describe statistics` lists them");
}

static int resolve_statistics(struct plan *plan, struct compare_job *job,
                              struct uptake_error *error)
{
    size_t count;
    int failed = 0;
    statistics_rows(&count);
    if (!job->spec->all_statistics && job->spec->n_statistics == 0)
        return 0;
    job->picked = arena_array(&plan->arena, count, sizeof *job->picked);
    if (!job->picked)
        return error_memory(error);
    for (size_t k = 0; k < count; k++)
        job->picked[k] = job->spec->all_statistics;
    for (size_t k = 0; k < job->spec->n_statistics; k++)
        failed |= resolve_statistic(job, &job->spec->statistics[k], error);
    return failed;
}

/* --- All of it --------------------------------------------------------------------------------- */

static int resolve_job(struct plan *plan, const struct spec_compare *spec, struct compare_job *job,
                       bool *absent, struct uptake_error *error)
{
    int failed = 0;
    *job = (struct compare_job){.spec = spec};
    if (spec->n_between > COMPARE_MOST)
        return error_at(error, spec->place, "between: found %zu names; expected at most %d",
                        spec->n_between, COMPARE_MOST);
    job->names = arena_array(&plan->arena, spec->n_between, sizeof *job->names);
    if (!job->names)
        return error_memory(error);
    for (size_t k = 0; k < spec->n_between; k++) {
        bool left_out = false;
        int wrong = resolve_name(plan, spec, &spec->between[k], &job->names[k], &left_out, error);
        *absent |= left_out;
        failed |= wrong ? wrong : check_twice(job, k, error);
    }
    for (size_t k = 0; k < spec->n_directions; k++)
        failed |= resolve_direction(job, &spec->directions[k], error);
    return failed | resolve_statistics(plan, job, error);
}

/* --only may have left out a merge that is compared. */
static bool has_absent_merge(const struct compare_job *job, const struct merge_jobs *merges)
{
    for (size_t k = 0; job->names && k < job->spec->n_between; k++) {
        size_t m = 0;
        while (m < merges->n_jobs && merges->jobs[m].spec != job->names[k].merge)
            m++;
        if (job->names[k].merge && m == merges->n_jobs)
            return true;
    }
    return false;
}

int compare_resolve(const struct spec *spec, const struct merge_jobs *merges, struct plan *plan,
                    struct compare_jobs *jobs, struct uptake_error *error)
{
    int failed = 0;
    *jobs = (struct compare_jobs){0};
    jobs->jobs = arena_array(&plan->arena, spec->n_compares, sizeof *jobs->jobs);
    if (!jobs->jobs)
        return error_memory(error);
    for (size_t k = 0; k < spec->n_compares; k++) {
        bool absent = false;
        failed |= resolve_job(plan, &spec->compares[k], &jobs->jobs[jobs->n_jobs], &absent, error);
        jobs->n_jobs += !absent && !has_absent_merge(&jobs->jobs[jobs->n_jobs], merges);
    }
    return failed ? -1 : 0;
}
