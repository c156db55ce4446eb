/* Scanning: one bundle by its path, described by a child. See child.h for what is contained, and how. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "plugin/cache.h"
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

/* A child's answer, checked; what it says of the file is kept where `file` is given. */
static int scan_afresh(const char *path, double seconds, const struct stat *file,
                       struct arena *arena, struct plugin_bundle *bundle,
                       struct uptake_error *error)
{
    bool lasting = false;
    struct uptake_error why = {0};
    struct child_task task = {.path = path,
                              .seconds = seconds,
                              .doing = "while its description was read",
                              .ask = ask_description,
                              .lasting = &lasting};
    OWN_REPLY reply = NULL;
    size_t bytes = 0;
    int failed = child_ask(&task, &reply, &bytes, &why);
    if (failed)
        error_add(error, why.exit_code, "%s", why.text[0]);
    if (file && !failed)
        cache_put(path, file, &(struct cache_entry){.bytes = reply, .count = bytes});
    else if (file && lasting && why.exit_code == EXIT_INPUT)
        cache_put(path, file, &(struct cache_entry){.failure = why.text[0]});
    return failed ? -1 : descriptor_read(reply, bytes, arena, bundle, error);
}

/* A failure that was seen before says so: whoever mended what it missed wants to know. */
static int refuse_again(const struct cache_entry *entry, struct uptake_error *error)
{
    char when[32] = "";
    time_t since = (time_t)entry->since;
    struct tm local;
    if (localtime_r(&since, &local))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
    return error_add(error, EXIT_INPUT,
                     "%s (found on %s and remembered; 'uptake plugins --rescan' looks again)",
                     entry->failure, when);
}

static int scan(const char *path, double seconds, const char *warning, bool remember,
                struct arena *arena, struct plugin_bundle *bundle, struct uptake_error *error)
{
    struct plugin_bundle found = {.path = arena_text(arena, path, strlen(path)),
                                  .warning = warning};
    struct stat file;
    struct cache_entry entry;
    int failed;
    if (!found.path)
        return error_memory(error);
    if (owner_check_file(path, arena, &found.warning, error) != 0)
        return -1;
    remember = remember && stat(path, &file) == 0;
    if (!remember || !cache_get(path, &file, arena, &entry))
        failed = scan_afresh(path, seconds, remember ? &file : NULL, arena, &found, error);
    else if (entry.failure)
        failed = refuse_again(&entry, error);
    else
        failed = descriptor_read(entry.bytes, entry.count, arena, &found, error);
    if (!failed)
        *bundle = found;
    return failed;
}

int bundle_scan(const char *path, double seconds, const char *warning, struct arena *arena,
                struct plugin_bundle *bundle, struct uptake_error *error)
{
    return scan(path, seconds, warning, true, arena, bundle, error);
}

int plugin_scan(const char *path, double seconds, struct arena *arena, struct plugin_bundle *bundle,
                struct uptake_error *error)
{
    struct uptake_error why = {0};
    if (scan(path, seconds, NULL, false, arena, bundle, &why) == 0)
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
