/* Scanning: one bundle by its path, described by a child. See child.h for what is contained, and how. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/child.h"
#include "plugin/describe.h"
#include "plugin/folders.h"

static void free_reply(void **reply)
{
    free(*reply);
}
#define OWN_REPLY __attribute__((cleanup(free_reply))) void *

/* "PATH: MESSAGE" of the first message. */
static int pass_on(const char *path, const struct uptake_error *why, struct uptake_error *error)
{
    return error_add(error, why->exit_code, "%s: %s", path, why->text[0]);
}

static int ask_description(const struct uptake_bundle *bundle, const void *context,
                           struct bytes_out *out, struct uptake_error *error)
{
    (void)context;
    return describe_bundle(bundle, out, error);
}

int bundle_scan(const char *path, double seconds, const char *warning, struct arena *arena,
                struct plugin_bundle *bundle, struct uptake_error *error)
{
    struct child_task task = {.path = path,
                              .seconds = seconds,
                              .doing = "while its description was read",
                              .ask = ask_description};
    struct plugin_bundle found = {.path = arena_text(arena, path, strlen(path)),
                                  .warning = warning};
    OWN_REPLY reply = NULL;
    size_t bytes = 0;
    if (!found.path)
        return error_memory(error);
    if (owner_check_file(path, arena, &found.warning, error) != 0 ||
        child_ask(&task, &reply, &bytes, error) != 0 ||
        descriptor_read(reply, bytes, arena, &found, error) != 0)
        return -1;
    *bundle = found;
    return 0;
}

int plugin_scan(const char *path, double seconds, struct arena *arena, struct plugin_bundle *bundle,
                struct uptake_error *error)
{
    struct uptake_error why = {0};
    if (bundle_scan(path, seconds, NULL, arena, bundle, &why) == 0)
        return 0;
    return pass_on(path, &why, error);
}

/* --- A state's size ---------------------------------------------------------------------------- */

struct state_question {
    const struct plugin *plugin;
    const struct uptake_counts *counts;
    const void *params;
};

static int ask_state(const struct uptake_bundle *bundle, const void *context, struct bytes_out *out,
                     struct uptake_error *error)
{
    const struct state_question *question = context;
    const struct uptake_plugin *code = plugin_code(bundle, question->plugin, error);
    if (!code)
        return -1;
    bytes_put_u64(out, code->state_size ? code->state_size(question->counts, question->params)
                                        : code->state_bytes);
    return 0;
}

int plugin_state_size(const struct plugin *plugin, const struct uptake_counts *counts,
                      const void *params, double seconds, size_t *state_bytes,
                      struct uptake_error *error)
{
    struct state_question question = {plugin, counts, params};
    struct child_task task = {.path = plugin->bundle,
                              .seconds = seconds,
                              .doing = "while the size of its state was asked",
                              .ask = ask_state,
                              .context = &question};
    struct uptake_error why = {0};
    OWN_REPLY reply = NULL;
    size_t bytes = 0;
    if (!plugin->state_size_asked) {
        *state_bytes = plugin->state_bytes;
        return 0;
    }
    if (child_ask(&task, &reply, &bytes, &why) != 0)
        return pass_on(plugin->bundle, &why, error);
    struct bytes_in in = {.data = reply, .bytes = bytes};
    uint64_t size = bytes_get_u64(&in);
    if (in.bad || size > STATE_BYTES_MAX)
        return error_add(error, EXIT_INPUT,
                         "%s: plugin '%s': its state takes %zu bytes, expected at most %d",
                         plugin->bundle, plugin->id, (size_t)size, STATE_BYTES_MAX);
    *state_bytes = size;
    return 0;
}
