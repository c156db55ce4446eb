/* The sources of a run's rows, as JSON. */
#include "report/json_sources.h"

static void put_rows(struct json *json, const struct sources *sources, struct view_span span,
                     uint64_t evidence)
{
    json_key(json, "rows");
    json_open(json, '[');
    for (uint64_t k = span.first; k < span.end; k++) {
        if (sources->uses[k].evidence != evidence)
            continue;
        json_open(json, '{');
        json_pair(json, "entity", sources->uses[k].entity);
        json_pair_count(json, "row", sources->uses[k].row);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put(struct json *json, const struct result *result, struct view_span span, uint64_t use)
{
    const struct sources *sources = result->sources;
    struct source source = sources_at(sources, sources->uses[use].evidence);
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "innovation", view_id(result, sources->uses[use].innovation));
    json_pair(json, "id", source.id);
    json_pair(json, "source", source.text);
    json_pair(json, "type", source.type[0] ? source.type : NULL);
    json_pair_number(json, "year", source.year);
    json_pair(json, "url", source.url[0] ? source.url : NULL);
    put_rows(json, sources, span, sources->uses[use].evidence);
    json_close(json, '}');
}

void json_sources(struct json *json, const struct result *result)
{
    json_key(json, "sources");
    if (!result->sources) {
        json_put_null(json);
        return;
    }
    json_open(json, '[');
    for (uint64_t k = 0; k < result->sources->n_uses; k++)
        if (sources_is_first(result->sources, k))
            put(json, result, sources_of(result->sources, result->sources->uses[k].innovation), k);
    json_close(json, ']');
}
