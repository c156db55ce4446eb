/* Where a measure's column is: see source.h. */
#include "merge/source.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static int unknown_plugin(const struct plan *plan, const struct source_name *name, size_t bytes,
                          struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, name->name, bytes);
    for (size_t k = 0; k < plan->spec->n_plugins; k++)
        nearest_offer(&nearest, plan->spec->plugins[k].name);
    return error_at(error, name->place, "%s: the spec has no plugin '%s'%s", name->key,
                    text_quote(quoted, name->name, bytes), nearest_hint(&nearest, hint));
}

static int unknown_write(const struct plugin *plugin, const struct source_name *name,
                         const char *write, struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, write, strlen(write));
    for (size_t k = 0; k < plugin->n_writes; k++)
        if (plugin->writes[k].type == UPTAKE_NUMBER && *plugin->writes[k].entity == 0)
            nearest_offer(&nearest, plugin->writes[k].name);
    return error_at(error, name->place, "%s: %s does not write '%s'%s", name->key, plugin->id,
                    text_quote(quoted, write, strlen(write)), nearest_hint(&nearest, hint));
}

bool source_in_spec(const struct spec *spec, const char *name, size_t bytes)
{
    for (size_t k = 0; k < spec->n_plugins; k++)
        if (strlen(spec->plugins[k].name) == bytes &&
            memcmp(spec->plugins[k].name, name, bytes) == 0)
            return true;
    return false;
}

static int resolve_write(const struct plan *plan, const struct source_name *name,
                         struct merge_source *source, bool *absent, struct uptake_error *error)
{
    size_t bytes = strcspn(name->name, ".");
    const char *write = name->name + bytes + (name->name[bytes] == '.');
    source->plugin = plan_plugin_find(plan, name->name, bytes);
    if (source->plugin == SIZE_MAX) {
        if (!source_in_spec(plan->spec, name->name, bytes))
            return unknown_plugin(plan, name, bytes, error);
        *absent = true;
        return 0;
    }
    const struct plugin *plugin = plan->plugins[source->plugin].plugin;
    if (*write == 0)
        return error_at(error, name->place,
                        "%s: '%s' is a plugin; name one of its writes, such as %s.%s", name->key,
                        name->name, name->name, plugin->writes[0].name);
    source->write = plan_write_find(plugin, write);
    if (source->write == SIZE_MAX)
        return unknown_write(plugin, name, write, error);
    const struct uptake_write *of = &plugin->writes[source->write];
    if (of->type != UPTAKE_NUMBER || *of->entity)
        return error_at(error, name->place, "%s: '%s' is not a number of each innovation",
                        name->key, name->name);
    return 0;
}

static int resolve_field(struct plan *plan, const struct source_name *name, const char *path,
                         struct merge_source *source, struct uptake_error *error)
{
    if (strchr(path, '[') || *path == '/')
        return error_at(error, name->place,
                        "%s: '%s' has many values; a measure needs one for each innovation",
                        name->key, path);
    struct model_request request = {.path = path,
                                    .type = UPTAKE_NUMBER,
                                    .doubt = true,
                                    .min = (double)NAN,
                                    .max = (double)NAN,
                                    .wanted_by = name->wanted_by};
    source->plugin = SIZE_MAX;
    source->request = plan_request(plan, &request);
    return source->request == SIZE_MAX ? error_memory(error) : 0;
}

int source_resolve(struct plan *plan, const struct source_name *name, struct merge_source *source,
                   bool *absent, struct uptake_error *error)
{
    bool field = strncmp(name->name, "field:", 6) == 0;
    return field ? resolve_field(plan, name, name->name + 6, source, error)
                 : resolve_write(plan, name, source, absent, error);
}

const struct model_column *source_field(const struct plan *plan, const struct model *model,
                                        const struct merge_source *source)
{
    const struct model_request *request = &plan->requests[source->request];
    return &model->tables[request->table].columns[request->column];
}
