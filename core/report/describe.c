/* Plugins for people: what is installed, and what one of them reads, lets tune and writes. */
#include <inttypes.h>
#include <string.h>

#include "report/prose.h"
#include "report/report.h"
#include "report/sheet.h"
#include "report/words.h"

struct page {
    struct report_out *out;
    const struct report_style *style;
    struct texts *texts;
};

enum { NAME_INDENT = 2, DOC_INDENT = 6 };

/* A row's name, what it is, and below it what it means. */
static void put_row(const struct page *page, const char *name, const char *what, const char *doc)
{
    const struct prose_label label = {texts_make(page->texts, "%s:", name), TONE_STRONG,
                                      NAME_INDENT, DOC_INDENT};
    prose_item(page->out, page->style, label, what);
    if (doc && doc[0])
        prose_line(page->out, page->style, DOC_INDENT, doc);
}

/* --- Reads, params, writes --------------------------------------------------------------------- */

static void put_read(const struct page *page, const struct uptake_read *read)
{
    put_row(page, read->path, words_read(page->texts, read), read->doc);
}

static void put_param(const struct page *page, const struct uptake_param *param)
{
    put_row(page, param->name, words_param(page->texts, param), param->doc);
}

static void put_write(const struct page *page, const struct uptake_write *write, bool headline)
{
    put_row(page, write->name, words_write(page->texts, write, headline), write->doc);
}

/* --- One plugin -------------------------------------------------------------------------------- */

static void put_head(const struct page *page, const struct plugin *plugin)
{
    prose_title(page->out, page->style,
                texts_make(page->texts, "%s %s (revision %" PRIu32 "): %s", plugin->id,
                           plugin->version, plugin->revision, plugin->title));
    prose_line(page->out, page->style, 0, plugin->summary);
    if (plugin->source && plugin->source[0])
        prose_line(page->out, page->style, 0,
                   texts_make(page->texts, "Source: %s", plugin->source));
}

/* A parameter that can be shown with its default: tables and texts may have none to show. */
static const struct uptake_param *example_param(const struct plugin *plugin)
{
    for (size_t k = 0; k < plugin->n_params; k++) {
        uint32_t type = plugin->params[k].type;
        if (type != UPTAKE_TABLE && type != UPTAKE_TEXT && type != UPTAKE_DATE)
            return &plugin->params[k];
    }
    return NULL;
}

static void put_use(const struct page *page, const struct plugin *plugin)
{
    const struct uptake_param *param = example_param(plugin);
    const char *with = param ? texts_make(page->texts, ", with: {%s: %s}", param->name,
                                          words_default(page->texts, param))
                             : "";
    prose_heading(page->out, page->style, "In a spec");
    prose_code(page->out, page->style, "yaml",
               texts_make(page->texts, "plugins:\n  NAME: {use: %s%s}\n", plugin->id, with));
}

static void put_params(const struct page *page, const struct plugin *plugin)
{
    if (plugin->n_params > 0)
        prose_heading(page->out, page->style, "Can be tuned (under `with:`)");
    for (size_t k = 0; k < plugin->n_params; k++)
        put_param(page, &plugin->params[k]);
}

int report_describe(const struct plugin *plugin, const struct report_style *style,
                    struct report_out *out, struct uptake_error *error)
{
    struct texts texts = {0};
    const struct page page = {out, style, &texts};
    put_head(&page, plugin);
    prose_heading(out, style, "Reads");
    for (size_t k = 0; k < plugin->n_reads; k++)
        put_read(&page, &plugin->reads[k]);
    put_params(&page, plugin);
    prose_heading(out, style, "Writes");
    for (size_t k = 0; k < plugin->n_writes; k++)
        put_write(&page, &plugin->writes[k], k == 0);
    put_use(&page, plugin);
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

/* --- One merge plugin -------------------------------------------------------------------------- */

/* What it needs of its measures, and what it does with what is missing or doubtful: a sentence a flag. */
static void put_needs(const struct page *page, const struct plugin_merge *merge)
{
    static const struct {
        uint32_t flag;
        const char *with, *without;
    } rows[] = {
        {UPTAKE_MERGE_WEIGHTS, "uses weights",
         "ignores weights, but leaves out a measure whose weight is 0"},
        {UPTAKE_MERGE_SCALE,
         "wants normalised values: `normalise: declared` unless the spec says "
         "otherwise",
         "takes values as measured, unless the spec has `normalise:`"},
        {UPTAKE_MERGE_GAPS, "can do with missing values (`missing: renormalise`)",
         "cannot do with missing values: not under `missing: renormalise`"},
        {UPTAKE_MERGE_MONOTONE | UPTAKE_MERGE_BOUNDS,
         "gives every score its bounds under `missing: bounds`",
         "knows no bounds: where something is missing or doubtful, not under `missing: bounds`"},
        {UPTAKE_MERGE_PARTS, "says what each measure contributed to a score",
         "does not say what each measure contributed"},
        {UPTAKE_MERGE_ORDERED, "gives another score where measures stand in another order",
         "gives the same scores in whatever order measures stand"},
    };
    prose_heading(page->out, page->style, "As a method of merging");
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        prose_line(page->out, page->style, NAME_INDENT,
                   texts_make(page->texts, "It %s.",
                              merge->flags & rows[k].flag ? rows[k].with : rows[k].without));
    const char *range = words_range(page->texts, merge->min, merge->max);
    prose_line(page->out, page->style, NAME_INDENT,
               texts_make(page->texts, "Its score is a number%s; %s is better.", range,
                          words_better(merge->better)));
}

static void put_merge_use(const struct page *page, const struct plugin *plugin)
{
    const struct uptake_param *param = example_param(plugin);
    const char *with = param ? texts_make(page->texts, "    with: {%s: %s}\n", param->name,
                                          words_default(page->texts, param))
                             : "";
    prose_heading(page->out, page->style, "In a spec");
    prose_code(page->out, page->style, "yaml",
               texts_make(page->texts,
                          "merge:\n  NAME:\n    method: %s\n%s    measures: {PLUGIN.WRITE: 1}\n",
                          plugin->id, with));
}

int report_describe_merge(const struct plugin_merge *merge, const struct report_style *style,
                          struct report_out *out, struct uptake_error *error)
{
    struct texts texts = {0};
    const struct page page = {out, style, &texts};
    put_head(&page, &merge->plugin);
    put_needs(&page, merge);
    put_params(&page, &merge->plugin);
    put_merge_use(&page, &merge->plugin);
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}

/* --- What is installed ------------------------------------------------------------------------- */

enum { LIST_COLUMNS = 5 };

static size_t count_plugins(const struct plugin_bundle *bundles, size_t n_bundles)
{
    size_t count = 0;
    for (size_t b = 0; b < n_bundles; b++)
        count += bundles[b].n_plugins + bundles[b].n_merges;
    return count;
}

static void fill_row(const struct plugin *plugin, const char *headline, const char *bundle,
                     const char **cells)
{
    cells[0] = plugin->id;
    cells[1] = plugin->version;
    cells[2] = headline;
    cells[3] = plugin->title;
    cells[4] = bundle;
}

static void put_list(const struct page *page, const struct plugin_bundle *bundles, size_t n_bundles,
                     size_t count)
{
    static const struct sheet_column columns[LIST_COLUMNS] = {
        {.above = "", .heading = "plugin"},   {.above = "", .heading = "version"},
        {.above = "", .heading = "headline"}, {.above = "", .heading = "title"},
        {.above = "", .heading = "bundle"},
    };
    const char **cells = texts_array(page->texts, count * LIST_COLUMNS, sizeof *cells);
    size_t row = 0;
    for (size_t b = 0; b < n_bundles && cells; b++) {
        for (size_t k = 0; k < bundles[b].n_plugins; k++)
            fill_row(&bundles[b].plugins[k],
                     bundles[b].plugins[k].n_writes > 0 ? bundles[b].plugins[k].writes[0].name : "",
                     bundles[b].path, cells + row++ * LIST_COLUMNS);
        for (size_t k = 0; k < bundles[b].n_merges; k++)
            fill_row(&bundles[b].merges[k].plugin, "(merge method)", bundles[b].path,
                     cells + row++ * LIST_COLUMNS);
    }
    struct sheet sheet = {columns, LIST_COLUMNS, cells, count, 0};
    if (cells)
        sheet_print(page->out, page->style, &sheet);
}

int report_plugins(const struct plugin_bundle *bundles, size_t n_bundles,
                   const struct report_style *style, struct report_out *out,
                   struct uptake_error *error)
{
    struct texts texts = {0};
    const struct page page = {out, style, &texts};
    size_t count = count_plugins(bundles, n_bundles);
    bool failed = false;
    if (count > 0)
        put_list(&page, bundles, n_bundles, count);
    else
        prose_line(out, style, 0, "No plugins were found.");
    for (size_t b = 0; b < n_bundles; b++) {
        if (bundles[b].failure && !failed)
            prose_heading(out, style, "Could not be described");
        if (bundles[b].failure)
            prose_line(out, style, 2,
                       texts_make(&texts, "%s: %s", bundles[b].path, bundles[b].failure));
        failed = failed || bundles[b].failure;
    }
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}
