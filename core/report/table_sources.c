/* What the rows of the innovations shown rest on: on a terminal a line or two each, as markdown every source with its
 * address and the rows that name it. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/sources.h"
#include "report/table.h"

/* "NICE TA60 (guidance, 2003)" */
static const char *cited(const struct table *table, const struct source *source)
{
    const char *type = figure_words(table->texts, source->type);
    const char *year = isnan(source->year) ? "" : texts_make(table->texts, "%.0f", source->year);
    if (!type[0] && !year[0])
        return source->text;
    return texts_make(table->texts, "%s (%s%s%s)", source->text, type,
                      type[0] && year[0] ? ", " : "", year);
}

static void put_short(const struct table *table, uint64_t i, struct view_span span)
{
    const struct sources *sources = table->result->sources;
    const char *text = "";
    for (uint64_t k = span.first; k < span.end; k++)
        if (sources_is_first(sources, k)) {
            struct source source = sources_at(sources, sources->uses[k].evidence);
            text = texts_make(table->texts, "%s%s%s", text, text[0] ? "; " : "", source.text);
        }
    const struct prose_label label = {texts_make(table->texts, "%s:", view_id(table->result, i)),
                                      TONE_STRONG, 2, 6};
    prose_item(table->out, table->style, label, text);
}

/* "support[] 0, 2; judgements[framework=nasss] 1": the rows that name the source of that use. */
static const char *rows_of(const struct table *table, struct view_span span, uint64_t evidence)
{
    const struct source_use *uses = table->result->sources->uses, *before = NULL;
    const char *text = "";
    for (uint64_t k = span.first; k < span.end; k++) {
        if (uses[k].evidence != evidence)
            continue;
        bool same = before && strcmp(before->entity, uses[k].entity) == 0;
        if (same && before->row == uses[k].row)
            continue;
        text = same ? texts_make(table->texts, "%s, %" PRIu64, text, uses[k].row)
                    : texts_make(table->texts, "%s%s%s %" PRIu64, text, before ? "; " : "",
                                 uses[k].entity, uses[k].row);
        before = &uses[k];
    }
    return text;
}

static void put_long(const struct table *table, struct view_span span)
{
    const struct sources *sources = table->result->sources;
    for (uint64_t k = span.first; k < span.end; k++) {
        if (!sources_is_first(sources, k))
            continue;
        struct source source = sources_at(sources, sources->uses[k].evidence);
        const struct prose_label label = {texts_make(table->texts, "%s:", source.id), TONE_STRONG,
                                          2, 6};
        prose_item(table->out, table->style, label, cited(table, &source));
        if (source.url[0])
            prose_line(table->out, table->style, 6, source.url);
        prose_line(table->out, table->style, 6,
                   texts_make(table->texts, "for row: %s",
                              rows_of(table, span, sources->uses[k].evidence)));
    }
}

void table_sources(const struct table *table, bool full)
{
    const struct sources *sources = table->result->sources;
    size_t shown = 0;
    for (size_t k = 0; sources && k < table->n_rows; k++) {
        uint64_t i = table->order[k];
        struct view_span span = sources_of(sources, i);
        if (span.first == span.end)
            continue;
        if (shown++ == 0)
            prose_heading(table->out, table->style, "Sources of the rows that were read");
        if (full && table->n_rows > 1)
            prose_subheading(table->out, table->style, view_name(table->result, i));
        if (full)
            put_long(table, span);
        else
            put_short(table, i, span);
    }
}
