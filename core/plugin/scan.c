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

/* So that what is loaded and hashed later can be held against what was described. */
static int check_still(const char *path, struct file_version before, struct uptake_error *error)
{
    struct stat now;
    if (stat(path, &now) == 0 && file_version_equal(before, file_version(&now)))
        return 0;
    return error_add(error, EXIT_INPUT, "it was changed while it was described: try again");
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
    if (stat(path, &file) != 0)
        return error_errno(error, "look at", "it");
    found.file = file_version(&file);
    if (!remember || !cache_get(path, &file, arena, &entry))
        failed = scan_afresh(path, seconds, remember ? &file : NULL, arena, &found, error) ||
                 check_still(path, found.file, error);
    else if (entry.failure)
        failed = refuse_again(&entry, error);
    else
        failed = descriptor_read(entry.bytes, entry.count, arena, &found, error);
    if (!failed)
        *bundle = found;
    return failed ? -1 : 0;
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
