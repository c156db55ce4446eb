/* What a run's rows rest on: a line for each row and each source that it names. */
#include "report/csv_folder.h"
#include "report/sources.h"

void csv_sources(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"innovation", "source", "type", "year", "citation",
                                         "url",        "entity", "row",  NULL};
    const struct sources *sources = view->result->sources;
    csv_header(csv, header);
    for (size_t k = 0; sources && k < sources->n_uses; k++) {
        const struct source_use *use = &sources->uses[k];
        struct source source = sources_at(sources, use->evidence);
        csv_text(csv, view_id(view->result, use->innovation));
        csv_text(csv, source.id);
        csv_text(csv, source.type);
        csv_number(csv, source.year);
        csv_text(csv, source.text);
        csv_text(csv, source.url);
        csv_text(csv, use->entity);
        csv_count(csv, use->row);
        csv_line(csv);
    }
}
