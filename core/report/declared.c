/* What two versions declare: see declared.h. */
#include "report/declared.h"

#include <inttypes.h>
#include <string.h>

#include "report/words.h"

/* The rows of one kind that a plugin has: by name, and in words. */
struct rows {
    const char *kind;
    size_t (*count)(const struct plugin *plugin);
    const char *(*name)(const struct plugin *plugin, size_t k);
    const char *(*words)(struct texts *texts, const struct plugin *plugin, size_t k);
};

static size_t count_reads(const struct plugin *plugin)
{
    return plugin->n_reads;
}
static const char *read_name(const struct plugin *plugin, size_t k)
{
    return plugin->reads[k].path;
}
static const char *read_words(struct texts *texts, const struct plugin *plugin, size_t k)
{
    return words_read(texts, &plugin->reads[k]);
}

static size_t count_params(const struct plugin *plugin)
{
    return plugin->n_params;
}
static const char *param_name(const struct plugin *plugin, size_t k)
{
    return plugin->params[k].name;
}
static const char *param_words(struct texts *texts, const struct plugin *plugin, size_t k)
{
    return words_param(texts, &plugin->params[k]);
}

static size_t count_writes(const struct plugin *plugin)
{
    return plugin->n_writes;
}
static const char *write_name(const struct plugin *plugin, size_t k)
{
    return plugin->writes[k].name;
}
static const char *write_words(struct texts *texts, const struct plugin *plugin, size_t k)
{
    return words_write(texts, &plugin->writes[k], k == 0);
}

/* What a plugin has once. */
static size_t count_facts(const struct plugin *plugin)
{
    (void)plugin;
    return 5;
}
static const char *fact_name(const struct plugin *plugin, size_t k)
{
    static const char *const names[] = {"version", "revision", "source", "properties",
                                        "statistics"};
    (void)plugin;
    return names[k];
}
static const char *fact_words(struct texts *texts, const struct plugin *plugin, size_t k)
{
    switch (k) {
    case 0: return plugin->version;
    case 1: return texts_make(texts, "%" PRIu32, plugin->revision);
    case 2: return plugin->source ? plugin->source : "";
    case 3:
        return texts_make(
            texts, "%s%s%s",
            plugin->properties & UPTAKE_ORDER_SENSITIVE ? "depends on the order. " : "",
            plugin->properties & UPTAKE_BATCH_SENSITIVE ? "depends on the batch. " : "",
            plugin->properties & UPTAKE_NOT_REPEATABLE ? "not repeatable. " : "");
    default: return plugin->has_state ? "over the portfolio" : "none over the portfolio";
    }
}

static const struct rows kinds[] = {
    {"", count_facts, fact_name, fact_words},
    {"reads ", count_reads, read_name, read_words},
    {"parameter ", count_params, param_name, param_words},
    {"writes ", count_writes, write_name, write_words},
};

static size_t find(const struct rows *kind, const struct plugin *plugin, const char *name)
{
    size_t k = 0, count = kind->count(plugin);
    while (k < count && strcmp(kind->name(plugin, k), name) != 0)
        k++;
    return k;
}

static void add(struct declared *declared, struct texts *texts, const struct rows *kind,
                const char *name, const char *a, const char *b)
{
    if (a && b && strcmp(a, b) == 0)
        return;
    declared->rows[declared->count++] =
        (struct runs_input){texts_make(texts, "%s%s", kind->kind, name), a, b};
}

static void compare_kind(const struct rows *kind, const struct plugin *a, const struct plugin *b,
                         struct texts *texts, struct declared *declared)
{
    for (size_t k = 0; k < kind->count(a); k++) {
        const char *name = kind->name(a, k);
        size_t at = find(kind, b, name);
        add(declared, texts, kind, name, kind->words(texts, a, k),
            at < kind->count(b) ? kind->words(texts, b, at) : NULL);
    }
    for (size_t k = 0; k < kind->count(b); k++)
        if (find(kind, a, kind->name(b, k)) == kind->count(a))
            add(declared, texts, kind, kind->name(b, k), NULL, kind->words(texts, b, k));
}

void declared_compare(const struct plugin *a, const struct plugin *b, struct texts *texts,
                      struct declared *declared)
{
    size_t room = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        room += kinds[k].count(a) + kinds[k].count(b);
    *declared = (struct declared){.rows = texts_array(texts, room, sizeof *declared->rows)};
    for (size_t k = 0; declared->rows && k < sizeof kinds / sizeof *kinds; k++)
        compare_kind(&kinds[k], a, b, texts, declared);
}
