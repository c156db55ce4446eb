/* What went into two runs and differs: texts by path where both have them, plugins, options, the machine. */
#include <inttypes.h>
#include <string.h>

#include "compare/runs.h"

/* Beside these every fact of a run is of the run itself, or comes out of its inputs. */
static const struct {
    const char *key, *what;
} facts[] = {
    {"uptake", "uptake's version"},   {"containment", "containment"}, {"host", "machine"},
    {"architecture", "architecture"}, {"processor", "processor"},     {"libc", "C library"},
};

enum { ROOM_STEP = 64 };

static bool differ(const char *a, const char *b)
{
    return !a || !b ? a != b : strcmp(a, b) != 0;
}

/* what: kept by the arena or constant. 0, or -1: memory is out. */
static int add(struct runs *runs, const char *what, const char *a, const char *b)
{
    if (!what)
        return -1;
    if (runs->n_inputs == runs->room_inputs) {
        struct runs_input *more =
            arena_array(&runs->arena, runs->room_inputs * 2 + ROOM_STEP, sizeof *more);
        if (!more)
            return -1;
        if (runs->n_inputs)
            memcpy(more, runs->inputs, runs->n_inputs * sizeof *more);
        runs->inputs = more;
        runs->room_inputs = runs->room_inputs * 2 + ROOM_STEP;
    }
    runs->inputs[runs->n_inputs++] = (struct runs_input){what, a, b};
    return 0;
}

/* --- Texts ------------------------------------------------------------------------------------- */

/* The n-th input of a kind, or NULL. */
static const struct record_input *input_of(const struct record *record, const char *kind, size_t n)
{
    for (size_t k = 0; k < record->n_inputs; k++)
        if (strcmp(record->inputs[k].kind, kind) == 0 && n-- == 0)
            return &record->inputs[k];
    return NULL;
}

static int add_fields(struct runs *runs, const struct record_input *a, const struct record_input *b)
{
    struct fields fields;
    struct uptake_error unread = {0};
    int failed = 0;
    if (fields_compare((struct fields_text){a->path, a->content, a->content_bytes},
                       (struct fields_text){b->path, b->content, b->content_bytes}, &runs->arena,
                       &fields, &unread) != 0)
        return unread.exit_code == EXIT_MACHINE
                   ? -1
                   : add(runs, arena_format(&runs->arena, "%s", b->path), a->sha256, b->sha256);
    size_t shown = fields.count < FIELDS_MOST ? fields.count : FIELDS_MOST;
    for (size_t k = 0; k < shown && !failed; k++)
        failed = add(runs, arena_format(&runs->arena, "%s: %s", a->kind, fields.all[k].path),
                     fields.all[k].a, fields.all[k].b);
    if (!failed && fields.count > shown)
        failed = add(
            runs,
            arena_format(&runs->arena, "%s: and %zu more fields", a->kind, fields.count - shown),
            "", "");
    if (!failed && fields.count == 0)
        failed = add(runs, arena_format(&runs->arena, "%s: comments or layout only", a->kind),
                     a->sha256, b->sha256);
    return failed;
}

static int compare_input(struct runs *runs, const struct record_input *a,
                         const struct record_input *b)
{
    if (a && b && strcmp(a->sha256, b->sha256) == 0)
        return 0;
    if (a && b && a->content && b->content)
        return add_fields(runs, a, b);
    const struct record_input *one = a ? a : b;
    return add(runs, arena_format(&runs->arena, "%s: %s (SHA-256)", one->kind, one->path),
               a ? a->sha256 : NULL, b ? b->sha256 : NULL);
}

static int compare_texts(struct runs *runs)
{
    static const char *const kinds[] = {"spec", "model", "include"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t n = 0;; n++) {
            const struct record_input *a = input_of(runs->a, kinds[k], n);
            const struct record_input *b = input_of(runs->b, kinds[k], n);
            if (!a && !b)
                break;
            if (compare_input(runs, a, b) != 0)
                return -1;
        }
    return 0;
}

/* --- Options, machine -------------------------------------------------------------------------- */

static const char *option_text(struct runs *runs, const struct record *record, size_t k)
{
    return k < record->n_options ? arena_format(&runs->arena, "--%s %s", record->options[k].name,
                                                record->options[k].value)
                                 : NULL;
}

static int compare_options(struct runs *runs)
{
    size_t n = runs->a->n_options, m = runs->b->n_options;
    for (size_t k = 0; k < (n > m ? n : m); k++) {
        const char *a = option_text(runs, runs->a, k), *b = option_text(runs, runs->b, k);
        if ((!a && k < n) || (!b && k < m))
            return -1;
        if (differ(a, b) && add(runs, "command line", a, b) != 0)
            return -1;
    }
    return 0;
}

static int compare_facts(struct runs *runs)
{
    for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) {
        const char *a = record_fact(runs->a, facts[k].key), *b = record_fact(runs->b, facts[k].key);
        if (differ(a, b) && add(runs, facts[k].what, a, b) != 0)
            return -1;
    }
    return 0;
}

/* --- Plugins ----------------------------------------------------------------------------------- */

static const char *number_text(struct runs *runs, uint64_t number)
{
    return arena_format(&runs->arena, "%" PRIu64, number);
}

static int compare_plugin(struct runs *runs, size_t p, size_t q)
{
    const struct result_plugin *a = &runs->a->result.plugins[p], *b = &runs->b->result.plugins[q];
    const struct {
        const char *what, *a, *b;
    } rows[] = {
        {"id", a->plugin->id, b->plugin->id},
        {"version", a->plugin->version, b->plugin->version},
        {"revision", number_text(runs, a->plugin->revision),
         number_text(runs, b->plugin->revision)},
        {"parameters", a->with_text, b->with_text},
        {"bundle (SHA-256)", runs->a->hashes[p], runs->b->hashes[q]},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (differ(rows[k].a, rows[k].b) &&
            add(runs, arena_format(&runs->arena, "plugin %s: %s", a->name, rows[k].what), rows[k].a,
                rows[k].b) != 0)
            return -1;
    return 0;
}

static size_t plugin_place(const struct result *result, const char *name)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        if (strcmp(result->plugins[p].name, name) == 0)
            return p;
    return SIZE_MAX;
}

static int compare_plugins(struct runs *runs)
{
    const struct result *a = &runs->a->result, *b = &runs->b->result;
    for (size_t p = 0; p < a->n_plugins; p++) {
        size_t q = plugin_place(b, a->plugins[p].name);
        if (q == SIZE_MAX ? add(runs, arena_format(&runs->arena, "plugin %s", a->plugins[p].name),
                                a->plugins[p].plugin->id, NULL) != 0
                          : compare_plugin(runs, p, q) != 0)
            return -1;
    }
    for (size_t q = 0; q < b->n_plugins; q++)
        if (plugin_place(a, b->plugins[q].name) == SIZE_MAX &&
            add(runs, arena_format(&runs->arena, "plugin %s", b->plugins[q].name), NULL,
                b->plugins[q].plugin->id) != 0)
            return -1;
    return 0;
}

int runs_compare_inputs(struct runs *runs, struct uptake_error *error)
{
    return compare_texts(runs) != 0 || compare_options(runs) != 0 || compare_plugins(runs) != 0 ||
                   compare_facts(runs) != 0
               ? error_memory(error)
               : 0;
}
