/*
 * Events follow the schema's tree: one small function a shape (a value, a mapping, a list and its
 * rows). What the file itself says at its top is in top.c, which file comes next in files.c.
 */
#include "model/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { RATINGS_MAX = 256 };

static int bind_map(struct loader *loader, struct schema_list *list, struct schema_map *map);

/* The next event of a value of the spec. */
static int next_played(struct changes *changes, struct yaml_event *event)
{
    if (changes->at == changes->n_playing)
        return -1;
    *event = changes->playing[changes->at++];
    return 0;
}

int load_next(struct loader *loader, struct yaml_event *event)
{
    if (loader->changes.playing)
        return next_played(&loader->changes, event);
    return loader->stop || yaml_next(loader->yaml, event, loader->error) != 0 ? -1 : 0;
}

static int skip_played(struct changes *changes, const struct yaml_event *first)
{
    struct yaml_event event = *first;
    int depth = 0;
    do {
        depth += event.kind == YAML_MAP || event.kind == YAML_LIST;
        depth -= event.kind == YAML_MAP_END || event.kind == YAML_LIST_END;
    } while (depth > 0 && next_played(changes, &event) == 0);
    return depth > 0 ? -1 : 0;
}

int load_skip(struct loader *loader, const struct yaml_event *event)
{
    if (loader->changes.playing)
        return skip_played(&loader->changes, event);
    return yaml_skip(loader->yaml, event, loader->error);
}

/* --- Special forms ---------------------------------------------------------------------------- */

static bool keep_construct(struct loader *loader, struct rating *rating,
                           const struct yaml_event *event)
{
    rating->place = event->place;
    if (event->bytes == 0 || event->bytes >= CONSTRUCT_BYTES) {
        error_at(loader->error, event->place, "a construct's name has 1 to %d bytes",
                 CONSTRUCT_BYTES - 1);
        return false;
    }
    memcpy(rating->text, event->text, event->bytes);
    rating->text[event->bytes] = 0;
    rating->bytes = event->bytes;
    return true;
}

static int bind_construct(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind == YAML_SCALAR && event->bytes && value_reason(event) == UPTAKE_PRESENT) {
        loader->construct.value.refused = !keep_construct(loader, &loader->construct, event);
        return 0;
    }
    loader->construct.value.refused = true;
    error_at(loader->error, event->place, "construct: expected the name of a construct");
    return load_skip(loader, event);
}

/* Few, so that each may be compared with each: the widest framework has under a hundred. */
static bool new_rating(struct loader *loader, const struct rating *rating)
{
    const struct rating *before = (const struct rating *)(const void *)loader->ratings.data;
    size_t count = loader->ratings.bytes / sizeof *rating;
    if (count == RATINGS_MAX) {
        error_at(loader->error, rating->place, "ratings: more than %d in one row", RATINGS_MAX);
        loader->stop = true;
        return false;
    }
    for (size_t k = 0; k < count; k++)
        if (strcmp(before[k].text, rating->text) == 0)
            error_at(loader->error, rating->place, "'%s' stands twice", rating->text);
    return true;
}

static int bind_rating(struct loader *loader, const struct schema_field *field,
                       const struct yaml_event *key)
{
    struct yaml_event value;
    struct rating rating;
    memset(&rating, 0, sizeof rating);
    bool keep = keep_construct(loader, &rating, key) && new_rating(loader, &rating);
    if (load_next(loader, &value) != 0 || value_into(loader, field, &rating.value, &value) != 0)
        return -1;
    if (keep && buffer_append(&loader->ratings, &rating, sizeof rating) != 0)
        return error_memory(loader->error);
    return 0;
}

static int bind_ratings(struct loader *loader, const struct schema_field *field,
                        const struct yaml_event *event)
{
    if (event->kind == YAML_SCALAR && value_reason(event) == UPTAKE_LEFT_OUT)
        return 0;
    if (event->kind != YAML_MAP) {
        loader->construct.value.refused = true;
        error_at(loader->error, event->place, "ratings: expected {construct: value, ...}");
        return load_skip(loader, event);
    }
    for (;;) {
        struct yaml_event key;
        if (load_next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            return 0;
        if (bind_rating(loader, field, &key) != 0)
            return -1;
    }
}

/* --- Fields ----------------------------------------------------------------------------------- */

static int bind_value(struct loader *loader, struct schema_list *list, struct schema_field *field,
                      const struct yaml_event *event)
{
    if (field->row.form == FORM_CONSTRUCT)
        return bind_construct(loader, event);
    if (field->row.form == FORM_RATINGS)
        return bind_ratings(loader, field, event);
    if (field->row.form == FORM_TREE)
        return ruleset_conditions_read(loader, field, event);
    return value_bind(loader, list, field, event);
}

/* `commissioning: unknown`: every field of it is. */
static void map_missing(struct schema_list *list, struct schema_map *map, int why,
                        struct place place)
{
    for (uint32_t k = 0; k < map->n_fields; k++) {
        struct schema_field *field = &map->fields[k];
        if (field->shape == SHAPE_LIST)
            field->list->why = (int8_t)why;
        else if (field->shape == SHAPE_VALUE)
            value_missing(list, field, why, place);
        else
            map_missing(list, field->map, why, place);
    }
}

static int bind_inner_map(struct loader *loader, struct schema_list *list,
                          struct schema_field *field, const struct yaml_event *event)
{
    if (event->kind == YAML_MAP)
        return bind_map(loader, list, field->map);
    int why = event->kind == YAML_SCALAR ? value_reason(event) : UPTAKE_PRESENT;
    if (why == UPTAKE_PRESENT)
        error_at(loader->error, event->place, "%s: expected a mapping of its fields", field->key);
    else if (why != UPTAKE_LEFT_OUT)
        map_missing(list, field->map, why, event->place);
    return load_skip(loader, event);
}

static int bind_field(struct loader *loader, struct schema_list *list, struct schema_field *field,
                      const struct yaml_event *event)
{
    switch (field->shape) {
    case SHAPE_VALUE: return bind_value(loader, list, field, event);
    case SHAPE_LIST: return load_list(loader, field->list, event);
    default: return bind_inner_map(loader, list, field, event);
    }
}

/* --- Mappings --------------------------------------------------------------------------------- */

/* A user's own key under `custom:`, for the check that none stands twice. */
struct own_key {
    const char *text;
    struct place place;
};

struct own_keys {
    struct arena arena;
    struct buffer keys; /* struct own_key */
};

static int own_add(struct loader *loader, struct own_keys *own, const struct yaml_event *key)
{
    struct own_key entry = {arena_text(&own->arena, key->text, key->bytes), key->place};
    return entry.text && buffer_append(&own->keys, &entry, sizeof entry) == 0
               ? 0
               : error_memory(loader->error);
}

static int by_text(const void *a, const void *b)
{
    const struct own_key *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    if (order)
        return order;
    if (x->place.line != y->place.line)
        return x->place.line < y->place.line ? -1 : 1;
    return x->place.column < y->place.column ? -1 : x->place.column > y->place.column;
}

static void own_check(struct loader *loader, struct own_keys *own)
{
    char quoted[72];
    struct own_key *keys = (struct own_key *)(void *)own->keys.data;
    size_t count = own->keys.bytes / sizeof *keys;
    if (count > 1)
        qsort(keys, count, sizeof *keys, by_text);
    for (size_t k = 1, first = 0; k < count; k++) {
        if (strcmp(keys[k].text, keys[first].text) != 0)
            first = k;
        else
            error_at(loader->error, keys[k].place, "'%s' stands twice; the first is at line %u",
                     text_quote(quoted, keys[k].text, strlen(keys[k].text)),
                     keys[first].place.line);
    }
}

static int own_finish(struct loader *loader, struct own_keys *own, int failed)
{
    if (!failed)
        own_check(loader, own);
    arena_finish(&own->arena);
    buffer_finish(&own->keys);
    return failed;
}

/* A user's own value: read over, but inside it a key may not stand twice either. */
static int skip_own(struct loader *loader)
{
    struct yaml_event value;
    struct tree tree;
    struct arena arena = {0};
    if (load_next(loader, &value) != 0)
        return -1;
    int failed = tree_read(loader->yaml, &value, &arena, &tree, loader->error);
    arena_finish(&arena);
    return failed;
}

int load_unknown(struct loader *loader, const struct schema_map *map, const struct yaml_event *key)
{
    char quoted[72], hint[96];
    error_at(loader->error, key->place, "unknown field '%s' in %s%s",
             text_quote(quoted, key->text, key->bytes), *map->path ? map->path : "an innovation",
             schema_hint(map, key->text, key->bytes, hint));
    struct yaml_event value;
    return load_next(loader, &value) == 0 ? load_skip(loader, &value) : -1;
}

static int bind_known(struct loader *loader, struct schema_list *list, struct schema_field *field,
                      const struct yaml_event *key)
{
    struct yaml_event value;
    if (field->stamp == list->stamp)
        error_at(loader->error, key->place, "'%s' stands twice in one row", field->key);
    if (field->row.flags & FIELD_DERIVED)
        error_at(loader->error, key->place, "'%s' is worked out by uptake; remove it", field->key);
    field->stamp = list->stamp;
    return load_next(loader, &value) == 0 ? bind_field(loader, list, field, &value) : -1;
}

/* own: of a lenient mapping only. */
static int bind_keys(struct loader *loader, struct schema_list *list, struct schema_map *map,
                     struct own_keys *own)
{
    for (;;) {
        struct yaml_event key;
        if (load_next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            return 0;
        struct schema_field *field = schema_field(map, key.text, key.bytes);
        int failed = field ? bind_known(loader, list, field, &key)
                     : own ? own_add(loader, own, &key) || skip_own(loader)
                           : load_unknown(loader, map, &key);
        if (failed)
            return -1;
    }
}

static int bind_lenient(struct loader *loader, struct schema_list *list, struct schema_map *map)
{
    struct own_keys own = {.keys = {0}};
    return own_finish(loader, &own, bind_keys(loader, list, map, &own));
}

static int bind_map(struct loader *loader, struct schema_list *list, struct schema_map *map)
{
    return map->lenient ? bind_lenient(loader, list, map) : bind_keys(loader, list, map, NULL);
}

/* --- Lists ------------------------------------------------------------------------------------ */

static void innovation_begin(struct loader *loader)
{
    loader->evidence_rows = 0;
    loader->counts_before = loader->counts;
    change_innovation(loader);
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        loader->schema.tables[t]->mark = loader->schema.tables[t]->rows;
}

static int innovation_end(struct loader *loader)
{
    if (refs_innovation(loader) != 0)
        return -1;
    loader->evidence_before += loader->evidence_rows;
    loader->innovation++;
    return 0;
}

/* What cannot be an item: true, with a message. */
static bool refuse_item(struct loader *loader, const struct schema_list *list,
                        const struct yaml_event *item)
{
    char quoted[72];
    const char *name = list == loader->schema.lists ? "innovations" : list->key;
    if (!list->scalars && item->kind != YAML_MAP)
        error_at(loader->error, item->place, "%s: expected a row of fields, such as {%s: ...}",
                 name, list->map.fields[0].key);
    else if (list->scalars && item->kind == YAML_SCALAR && value_reason(item) != UPTAKE_PRESENT)
        error_at(loader->error, item->place,
                 "%s: found '%s' as an item; it stands for a whole list (%s: unknown), or is put "
                 "in quotes",
                 name, text_quote(quoted, item->text, item->bytes), name);
    else
        return false;
    return true;
}

static int bind_row(struct loader *loader, struct schema_list *list, const struct yaml_event *item)
{
    bool innovation = list == loader->schema.lists;
    if (refuse_item(loader, list, item))
        return load_skip(loader, item);
    struct place place = item->place;
    row_begin(loader, list);
    if (innovation)
        innovation_begin(loader);
    if (list->roles.ratings >= 0) {
        loader->ratings.bytes = 0;
        loader->construct.bytes = 0;
        loader->construct.value.refused = false;
    }
    int failed = list->scalars ? value_bind(loader, list, &list->map.fields[0], item)
                               : bind_map(loader, list, &list->map);
    if (failed || row_end(loader, list, place) != 0)
        return -1;
    if (innovation && innovation_end(loader) != 0)
        return -1;
    if (error_full(loader->error))
        loader->stop = true;
    return 0;
}

static int bind_list_word(struct loader *loader, struct schema_list *list,
                          const struct yaml_event *event)
{
    int why = event->kind == YAML_SCALAR ? value_reason(event) : UPTAKE_PRESENT;
    if (why != UPTAKE_PRESENT) {
        list->why = (int8_t)why;
        return 0;
    }
    bool row = event->kind == YAML_MAP && !list->scalars;
    error_at(loader->error, event->place, "%s: expected a list%s",
             *list->key ? list->key : "innovations",
             row ? "; begin each row with '- '" : ", such as [a, b]");
    return load_skip(loader, event);
}

int load_list(struct loader *loader, struct schema_list *list, const struct yaml_event *event)
{
    if (event->kind != YAML_LIST)
        return bind_list_word(loader, list, event);
    bool any = false;
    for (;;) {
        struct yaml_event item;
        if (load_next(loader, &item) != 0)
            return -1;
        if (item.kind == YAML_LIST_END)
            break;
        any = true;
        if (bind_row(loader, list, &item) != 0)
            return -1;
    }
    list->why = any ? UPTAKE_PRESENT : UPTAKE_NONE;
    return list->roles.follows >= 0 ? refs_follows(loader, list) : 0;
}
