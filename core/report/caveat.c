/* Caveats: see caveat.h. */
#include "report/caveat.h"

#include <inttypes.h>

#include "base/date.h"

static const char *rows_are(uint64_t rows)
{
    return rows == 1 ? "row" : "rows";
}

const char *caveat_as_of(const struct result *result, struct texts *texts)
{
    char date[DATE_BYTES];
    uint64_t left_out = result->model->left_out;
    if (!result->as_of_given)
        return "No date (as_of) is given: nothing was left out as later, and what has not ended "
               "counts as in "
               "force.";
    date_print(date, result->as_of);
    if (left_out == 0)
        return texts_make(texts, "As of %s; no row begins later, so nothing was left out.", date);
    return texts_make(texts, "As of %s; %" PRIu64 " %s later %s left out.", date, left_out,
                      left_out == 1 ? "row that begins" : "rows that begin",
                      left_out == 1 ? "was" : "were");
}

const char *caveat_where(const struct result *result, struct texts *texts)
{
    uint64_t rows = result->model->elsewhere;
    if (!result->where)
        return NULL;
    return texts_make(texts,
                      "Only adopters where %s: %" PRIu64 " of %" PRIu64 "; %" PRIu64
                      " %s of or about the others %s left out.",
                      result->where, result->where_kept, result->where_all, rows, rows_are(rows),
                      rows == 1 ? "was" : "were");
}

const char *caveat_basis(const struct result *result, struct texts *texts)
{
    const struct model *model = result->model;
    if (model->desk_rows == 0)
        return NULL;
    return texts_make(texts, "%" PRIu64 " of %" PRIu64 " %s of ratings and support %s %s.",
                      model->desk_rows, model->basis_rows, rows_are(model->basis_rows),
                      model->desk_rows == 1 ? "is" : "are", view_desk_reading);
}

const char *caveat_hindsight(const struct result *result, struct texts *texts)
{
    uint64_t rows = result->model->hindsight;
    if (rows == 0)
        return NULL;
    return texts_make(texts, "%" PRIu64 " %s read later than the time %s of, with hindsight.", rows,
                      rows == 1 ? "row was" : "rows were", rows == 1 ? "it speaks" : "they speak");
}

const char *caveat_failure(const struct result_plugin *plugin, struct texts *texts)
{
    bool stopped = plugin->status == PLUGIN_STOPPED;
    if (plugin->failed == 0 && plugin->status != PLUGIN_FAILED && !stopped)
        return NULL;
    const char *who =
        texts_make(texts, "%s (%s %s)", plugin->name, plugin->plugin->id, plugin->plugin->version);
    if (plugin->failed == 0)
        return texts_make(texts, "%s %s.", who, stopped ? "was stopped" : "failed");
    return texts_make(texts, "%s failed on %" PRIu64 " of %" PRIu64 " innovations%s.", who,
                      plugin->failed, plugin->ok + plugin->skipped + plugin->failed,
                      stopped ? " and was stopped" : "");
}

static const char *dependence(const struct result_plugin *plugin, struct texts *texts)
{
    return plugin->batch_dependent
               ? texts_make(texts, "%s: the result depends on how the work was cut.", plugin->name)
               : NULL;
}

static void add(struct view *view, const char *caveat)
{
    if (caveat)
        view->caveats[view->n_caveats++] = caveat;
}

void caveat_list(struct view *view)
{
    const struct result *result = view->result;
    view->caveats = texts_array(&view->texts, 4 + 2 * result->n_plugins, sizeof *view->caveats);
    if (!view->caveats)
        return;
    if (!result->as_of_given)
        add(view, caveat_as_of(result, &view->texts));
    add(view, caveat_where(result, &view->texts));
    add(view, caveat_basis(result, &view->texts));
    add(view, caveat_hindsight(result, &view->texts));
    for (size_t p = 0; p < result->n_plugins; p++) {
        add(view, caveat_failure(&result->plugins[p], &view->texts));
        add(view, dependence(&result->plugins[p], &view->texts));
    }
}
