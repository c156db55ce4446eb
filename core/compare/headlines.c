/* Agreement between headlines: see headlines.h. */
#include "compare/headlines.h"

#include <math.h>

#include "compare/agreement.h"

static const struct result_column *headline(const struct result_plugin *plugin)
{
    const struct result_column *column = &plugin->columns[0];
    return column->values && column->table == 0 ? column : NULL;
}

static const char *name_of(struct result *result, const struct result_plugin *plugin)
{
    return arena_format(&result->arena, "%s.%s", plugin->name, plugin->columns[0].write->name);
}

static int compare_pair(struct result *result, const struct result_plugin *a,
                        const struct result_plugin *b, struct uptake_error *error)
{
    struct result_agreement *out = &result->agreements[result->n_agreements];
    struct agreement_column sides[2];
    const struct result_plugin *const plugins[] = {a, b};
    struct agreement agreement;
    for (int k = 0; k < 2; k++) {
        const struct result_column *column = headline(plugins[k]);
        sides[k] = (struct agreement_column){column->values, column->write->better, 0};
    }
    if (agreement_measure(&sides[0], &sides[1], result->model->innovations, &agreement, error) != 0)
        return -1;
    bool few = agreement.n < AGREEMENT_MIN;
    *out = (struct result_agreement){.a = name_of(result, a),
                                     .b = name_of(result, b),
                                     .n = agreement.n,
                                     .kendall_tau_b = few ? (double)NAN : agreement.kendall_tau_b,
                                     .spearman = few ? (double)NAN : agreement.spearman,
                                     .reason =
                                         few ? "n_lt_8" : agreement_reason_text(agreement.reason)};
    if (!out->a || !out->b)
        return error_memory(error);
    result->n_agreements++;
    return 0;
}

int headlines_compare(struct result *result, struct uptake_error *error)
{
    size_t n = result->n_plugins;
    result->agreements = arena_array(&result->arena, n * n / 2, sizeof *result->agreements);
    if (!result->agreements)
        return error_memory(error);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (headline(&result->plugins[a]) && headline(&result->plugins[b]) &&
                compare_pair(result, &result->plugins[a], &result->plugins[b], error) != 0)
                return -1;
    return 0;
}
