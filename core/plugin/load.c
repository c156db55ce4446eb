/*
 * Loading a bundle into this process: a scanner's child, a worker, or the host where it was asked to. The one
 * file that names dlopen.
 */
#include <dlfcn.h>
#include <stdio.h>

#include "base/text.h"
#include "plugin/child.h"
#include "plugin/describe.h"
#include "plugin/spot.h"

typedef const struct uptake_bundle *bundle_entry(void);

#define TEXT_OF(x) #x
#define TEXT_OF_VALUE(x) TEXT_OF(x)
#define ENTRY "uptake_bundle_" TEXT_OF_VALUE(UPTAKE_ABI_MAJOR)

/* What the loader says, without the path that it begins with. */
static int refuse_dl(const char *path, struct uptake_error *error)
{
    const char *said = dlerror();
    size_t bytes = strlen(path);
    if (said && strncmp(said, path, bytes) == 0 && strncmp(said + bytes, ": ", 2) == 0)
        said += bytes + 2;
    return error_add(error, EXIT_INPUT, "the bundle cannot be loaded: %s",
                     said ? said : "the loader does not say why");
}

/* No entry of this major: is there one of another? */
static int refuse_entry(void *handle, struct uptake_error *error)
{
    for (int major = 0; major < 100; major++) {
        char name[32];
        snprintf(name, sizeof name, "uptake_bundle_%d", major);
        if (dlsym(handle, name))
            return error_add(
                error, EXIT_INPUT,
                "the bundle was built for ABI %d, this uptake speaks ABI %d: rebuild it "
                "against include/uptake of this version",
                major, UPTAKE_ABI_MAJOR);
    }
    return error_add(error, EXIT_INPUT, "the bundle exports no " ENTRY ": not an uptake plugin");
}

static int call_entry(void *symbol, const struct uptake_bundle **loaded, struct uptake_error *error)
{
    bundle_entry *entry;
    memcpy(&entry, &symbol, sizeof entry);
    const struct uptake_bundle *bundle = entry();
    if (!bundle)
        return error_add(error, EXIT_INPUT, "the bundle's " ENTRY " answers NULL");
    uint32_t major;
    memcpy(&major, (const char *)bundle + offsetof(struct uptake_bundle, abi_major), sizeof major);
    if (major != UPTAKE_ABI_MAJOR)
        return error_add(error, EXIT_INPUT, "the bundle's " ENTRY " says ABI %u, expected %d",
                         major, UPTAKE_ABI_MAJOR);
    *loaded = bundle;
    return 0;
}

int bundle_load(const char *path, const struct uptake_bundle **loaded, struct uptake_error *error)
{
    char here[4096];
    /* Without a slash the loader would look in the system's folders. */
    int bytes = snprintf(here, sizeof here, "%s%s", strchr(path, '/') ? "" : "./", path);
    if (bytes < 0 || (size_t)bytes >= sizeof here)
        return error_add(error, EXIT_INPUT, "its path is too long");
    void *handle = dlopen(here, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return refuse_dl(here, error);
    void *symbol = dlsym(handle, ENTRY);
    if (!symbol)
        return refuse_entry(handle, error);
    return call_entry(symbol, loaded, error);
}

/* The loader opens the path by itself, so that messages, debuggers and libraries beside the bundle find it by its own name.
 * Whoever could put another file there and back within that moment without its times telling can write to it anyway. */
static int check_file(const struct plugin *plugin, struct uptake_error *error)
{
    struct stat now;
    if (plugin->file.inode == 0 ||
        (stat(plugin->bundle, &now) == 0 && file_version_equal(plugin->file, file_version(&now))))
        return 0;
    return error_add(error, EXIT_INPUT, "%s: it has changed since it was described: run again",
                     plugin->bundle);
}

int plugin_load(const struct plugin *plugin, const struct uptake_bundle **loaded,
                struct uptake_error *error)
{
    const struct uptake_bundle *found = NULL;
    struct uptake_error why = {0};
    if (check_file(plugin, error) != 0)
        return -1;
    if (bundle_load(plugin->bundle, &found, &why) != 0)
        return error_add(error, why.exit_code, "%s: %s", plugin->bundle, why.text[0]);
    if (check_file(plugin, error) != 0)
        return -1;
    *loaded = found;
    return 0;
}

int plugin_hash(const struct plugin *plugin, char hex[HASH_HEX], struct uptake_error *error)
{
    return hash_file(plugin->bundle, hex, error) != 0 ? -1 : check_file(plugin, error);
}

const struct uptake_plugin *plugin_code(const struct uptake_bundle *loaded,
                                        const struct plugin *plugin, struct uptake_error *error)
{
    const struct uptake_rows *plugins = &loaded->plugins;
    const struct uptake_plugin *code = NULL;
    if (plugin->position < plugins->count)
        memcpy(&code, (const char *)plugins->rows + plugin->position * plugins->stride,
               sizeof code);
    if (code && strcmp(code->id, plugin->id) == 0 && strcmp(code->version, plugin->version) == 0)
        return code;
    error_add(error, EXIT_INPUT,
              "%s: it has changed since it was described: there is no plugin '%s' "
              "%s at its place any more",
              plugin->bundle, plugin->id, plugin->version);
    return NULL;
}
