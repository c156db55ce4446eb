/*
 * Describing, in the scanner's child: a loaded bundle's descriptors as bytes.
 *
 * Elements are copied out before they are looked at, by stride and never beyond the size that this ABI knows, so
 * that neither odd alignment nor a later minor matters. A pointer that leads nowhere crashes here, in the child.
 */
#include "plugin/describe.h"

/* Sizes in ABI 1.0: what every plugin of this major has. */
#define SIZE_UP_TO(type, last) (offsetof(type, last) + sizeof(((type *)0)->last))
enum {
    BUNDLE_1_0 = SIZE_UP_TO(struct uptake_bundle, plugins),
    PLUGIN_1_0 = SIZE_UP_TO(struct uptake_plugin, finish),
    READ_1_0 = SIZE_UP_TO(struct uptake_read, doc),
    PARAM_1_0 = SIZE_UP_TO(struct uptake_param, doc),
    WRITE_1_0 = SIZE_UP_TO(struct uptake_write, doc),
    MERGE_1_1 = SIZE_UP_TO(struct uptake_merge_plugin, merge)
};

struct describing {
    struct bytes_out *out;
    struct uptake_error *error;
    struct spot spot;
};

/* --- Parts ------------------------------------------------------------------------------------ */

static int put_text(struct describing *d, const char *text, size_t limit, const char *what)
{
    if (!text)
        return spot_refuse(&d->spot, d->error, "its %s is NULL, expected a text", what);
    size_t bytes = strnlen(text, limit + 1);
    if (bytes > limit)
        return spot_refuse(&d->spot, d->error, "its %s is longer than %zu bytes", what, limit);
    bytes_put_u32(d->out, (uint32_t)bytes);
    bytes_put(d->out, text, bytes);
    return 0;
}

static int put_text_or_null(struct describing *d, const char *text, size_t limit, const char *what)
{
    if (text)
        return put_text(d, text, limit, what);
    bytes_put_u32(d->out, BYTES_NULL);
    return 0;
}

/* NULL: none. */
static int put_choices(struct describing *d, const char *const *choices)
{
    size_t count = 0;
    while (choices && choices[count])
        if (++count > CHOICES_MAX)
            return spot_refuse(&d->spot, d->error,
                               "it has over %d choices; does its list end with NULL?", CHOICES_MAX);
    bytes_put_u32(d->out, choices ? (uint32_t)count : BYTES_NULL);
    for (size_t k = 0; k < count; k++)
        if (put_text(d, choices[k], CHOICE_BYTES, "choice") != 0)
            return -1;
    return 0;
}

static int check_rows(const struct describing *d, const struct uptake_rows *rows, size_t element,
                      size_t limit, const char *what)
{
    if (rows->count > limit)
        return spot_refuse(&d->spot, d->error, "it has %zu %s, expected at most %zu", rows->count,
                           what, limit);
    if (rows->count && !rows->rows)
        return spot_refuse(&d->spot, d->error, "its %zu %s are at NULL", rows->count, what);
    if (rows->count && (rows->stride < element || rows->stride > STRUCT_BYTES_MAX))
        return spot_refuse(&d->spot, d->error, "its %s are %zu bytes apart, expected at least %zu",
                           what, rows->stride, element);
    return 0;
}

/* An element; what an older minor did not have is zero. */
static void row_copy(const struct uptake_rows *rows, size_t k, void *element, size_t bytes)
{
    memset(element, 0, bytes);
    memcpy(element, (const char *)rows->rows + k * rows->stride,
           rows->stride < bytes ? rows->stride : bytes);
}

/* Copies a struct that begins with its size, likewise. */
static int struct_copy(const struct describing *d, const void *from, void *copy, size_t bytes,
                       size_t least)
{
    size_t size;
    memcpy(&size, from, sizeof size);
    if (size < least || size > STRUCT_BYTES_MAX)
        return spot_refuse(&d->spot, d->error, "its size says %zu bytes, expected at least %zu",
                           size, least);
    memset(copy, 0, bytes);
    memcpy(copy, from, size < bytes ? size : bytes);
    return 0;
}

/* --- Rows -------------------------------------------------------------------------------------- */

static int put_read(struct describing *d, const struct uptake_rows *rows, size_t k)
{
    struct uptake_read read;
    row_copy(rows, k, &read, sizeof read);
    bytes_put_u32(d->out, read.index);
    bytes_put_u32(d->out, read.type);
    bytes_put_u32(d->out, read.flags);
    bytes_put_double(d->out, read.min);
    bytes_put_double(d->out, read.max);
    if (put_text(d, read.path, PATH_BYTES, "path") != 0)
        return -1;
    d->spot.name = read.path;
    if (put_text(d, read.unit, UNIT_BYTES, "unit") != 0 || put_choices(d, read.choices) != 0)
        return -1;
    return put_text(d, read.doc, TEXT_BYTES, "doc");
}

static int put_param(struct describing *d, const struct uptake_rows *rows, size_t k)
{
    struct uptake_param param;
    row_copy(rows, k, &param, sizeof param);
    bytes_put_u32(d->out, param.type);
    bytes_put_u32(d->out, param.flags);
    bytes_put_u64(d->out, param.offset);
    bytes_put_u64(d->out, param.bytes);
    bytes_put_double(d->out, param.number);
    bytes_put_double(d->out, param.min);
    bytes_put_double(d->out, param.max);
    if (put_text(d, param.name, NAME_BYTES, "name") != 0)
        return -1;
    d->spot.name = param.name;
    if (put_text_or_null(d, param.text, TEXT_BYTES, "default") != 0 ||
        put_text(d, param.unit, UNIT_BYTES, "unit") != 0 || put_choices(d, param.choices) != 0)
        return -1;
    return put_text(d, param.doc, TEXT_BYTES, "doc");
}

static int put_rests_on(struct describing *d, const struct uptake_rows *rests_on)
{
    if (check_rows(d, rests_on, sizeof(uint32_t), ROWS_MAX, "reads that it rests on") != 0)
        return -1;
    bytes_put_u32(d->out, (uint32_t)rests_on->count);
    for (size_t k = 0; k < rests_on->count; k++) {
        uint32_t read;
        row_copy(rests_on, k, &read, sizeof read);
        bytes_put_u32(d->out, read);
    }
    return 0;
}

static int put_write(struct describing *d, const struct uptake_rows *rows, size_t k)
{
    struct uptake_write write;
    row_copy(rows, k, &write, sizeof write);
    bytes_put_u32(d->out, write.index);
    bytes_put_u32(d->out, write.type);
    bytes_put_u32(d->out, write.flags);
    bytes_put(d->out, &write.better, sizeof write.better);
    bytes_put_double(d->out, write.min);
    bytes_put_double(d->out, write.max);
    bytes_put_double(d->out, write.tolerance);
    if (put_text(d, write.name, NAME_BYTES, "name") != 0)
        return -1;
    d->spot.name = write.name;
    if (put_text(d, write.entity, PATH_BYTES, "entity") != 0 ||
        put_text(d, write.unit, UNIT_BYTES, "unit") != 0 ||
        put_text(d, write.quantity, NAME_BYTES, "quantity") != 0 ||
        put_choices(d, write.choices) != 0 || put_rests_on(d, &write.rests_on) != 0)
        return -1;
    return put_text(d, write.doc, TEXT_BYTES, "doc");
}

/* --- Plugins ------------------------------------------------------------------------------------ */

static int put_rows(struct describing *d, const struct uptake_rows *rows, size_t element,
                    const char *kind, const char *kinds,
                    int (*put)(struct describing *, const struct uptake_rows *, size_t))
{
    if (check_rows(d, rows, element, ROWS_MAX, kinds) != 0)
        return -1;
    bytes_put_u32(d->out, (uint32_t)rows->count);
    d->spot.kind = kind;
    for (size_t k = 0; k < rows->count; k++) {
        d->spot.row = k;
        d->spot.name = NULL;
        if (put(d, rows, k) != 0)
            return -1;
    }
    d->spot.kind = NULL;
    return 0;
}

static unsigned functions_of(const struct uptake_plugin *plugin)
{
    return (plugin->state_size ? HAS_STATE_SIZE : 0U) | (plugin->process ? HAS_PROCESS : 0U) |
           (plugin->update ? HAS_UPDATE : 0U) | (plugin->combine ? HAS_COMBINE : 0U) |
           (plugin->finish ? HAS_FINISH : 0U);
}

static int put_texts(struct describing *d, const char *id, const char *version, const char *title,
                     const char *summary, const char *source)
{
    if (put_text(d, id, ID_BYTES, "id") != 0)
        return -1;
    d->spot.id = id;
    if (put_text(d, version, NAME_BYTES, "version") != 0 ||
        put_text(d, title, TEXT_BYTES, "title") != 0 ||
        put_text(d, summary, TEXT_BYTES, "summary") != 0)
        return -1;
    return put_text(d, source, TEXT_BYTES, "source");
}

static int put_plugin(struct describing *d, const void *where)
{
    struct uptake_plugin plugin = {0};
    if (!where)
        return spot_refuse(&d->spot, d->error, "it is NULL");
    if (struct_copy(d, where, &plugin, sizeof plugin, PLUGIN_1_0) != 0)
        return -1;
    if (put_texts(d, plugin.id, plugin.version, plugin.title, plugin.summary, plugin.source) != 0)
        return -1;
    bytes_put_u32(d->out, plugin.revision);
    bytes_put_u32(d->out, plugin.properties);
    bytes_put_u32(d->out, functions_of(&plugin));
    bytes_put_u64(d->out, plugin.params_bytes);
    bytes_put_u64(d->out, plugin.state_bytes);
    if (put_rows(d, &plugin.reads, READ_1_0, "read", "reads", put_read) != 0 ||
        put_rows(d, &plugin.params, PARAM_1_0, "param", "params", put_param) != 0)
        return -1;
    return put_rows(d, &plugin.writes, WRITE_1_0, "write", "writes", put_write);
}

static int put_merge(struct describing *d, const void *where)
{
    struct uptake_merge_plugin merge = {0};
    if (!where)
        return spot_refuse(&d->spot, d->error, "it is NULL");
    if (struct_copy(d, where, &merge, sizeof merge, MERGE_1_1) != 0 ||
        put_texts(d, merge.id, merge.version, merge.title, merge.summary, merge.source) != 0)
        return -1;
    bytes_put_u32(d->out, merge.revision);
    bytes_put_u32(d->out, merge.flags);
    bytes_put(d->out, &merge.better, sizeof merge.better);
    bytes_put_u32(d->out, merge.merge ? HAS_MERGE : 0);
    bytes_put_u64(d->out, merge.params_bytes);
    bytes_put_double(d->out, merge.min);
    bytes_put_double(d->out, merge.max);
    return put_rows(d, &merge.params, PARAM_1_0, "param", "params", put_param);
}

/* Of either kind: rows of pointers. */
static int put_kind(struct describing *d, const struct uptake_rows *rows, bool merge,
                    const char *kinds, int (*put)(struct describing *, const void *))
{
    d->spot = (struct spot){0};
    if (check_rows(d, rows, sizeof(const void *), PLUGINS_MAX, kinds) != 0)
        return -1;
    bytes_put_u32(d->out, (uint32_t)rows->count);
    for (size_t k = 0; k < rows->count; k++) {
        const void *where;
        row_copy(rows, k, &where, sizeof where);
        d->spot = (struct spot){.merge = merge, .plugin = k + 1};
        if (put(d, where) != 0)
            return -1;
    }
    return 0;
}

int describe_bundle(const struct uptake_bundle *bundle, struct bytes_out *out,
                    struct uptake_error *error)
{
    struct describing d = {.out = out, .error = error};
    struct uptake_bundle own = {0};
    if (struct_copy(&d, bundle, &own, sizeof own, BUNDLE_1_0) != 0)
        return -1;
    if (put_kind(&d, &own.plugins, false, "plugins", put_plugin) != 0 ||
        put_kind(&d, &own.merges, true, "merge plugins", put_merge) != 0)
        return -1;
    d.spot = (struct spot){0};
    return out->full
               ? spot_refuse(&d.spot, error, "its description takes over %zu bytes", out->room)
               : 0;
}
