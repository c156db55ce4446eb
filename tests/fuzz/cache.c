/*
 * Any bytes in the folder of remembered scans. Where the first byte is odd, they stand behind the key of a file that is
 * there, with the time of now before them and a hash that is right behind them, so that they are reached; else they are
 * the whole entry. Nothing of it is believed more than what a child sends.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "fuzz.h"
#include "plugin/cache.h"
#include "plugin/describe.h"

enum { ENTRY_MOST = 1 << 20, BEFORE = 8 + HASH_HEX - 1, KIND_AND_COUNT = 16 };

/* Any file that is older than some seconds. */
static const char bundle_path[] = FUZZ_ROOT "/CMakeLists.txt";
static char folder[64], entry_path[256];
static unsigned char entry[ENTRY_MOST];
static size_t key_bytes;
static struct stat about;

static void leave(void)
{
    char cache[80];
    snprintf(cache, sizeof cache, "%s/uptake", folder);
    unlink(entry_path);
    rmdir(cache);
    rmdir(folder);
}

static size_t read_entry(void)
{
    int from = open(entry_path, O_RDONLY | O_CLOEXEC);
    ssize_t bytes = from < 0 ? -1 : read(from, entry, sizeof entry);
    fuzz_expect(bytes > 0, "nothing is remembered");
    close(from);
    return (size_t)bytes;
}

/* The key is what an entry begins with. */
static void start(void)
{
    unsigned char digest[HASH_BYTES];
    char name[HASH_HEX];
    snprintf(folder, sizeof folder, "/tmp/uptake-fuzz-XXXXXX");
    fuzz_expect(mkdtemp(folder), "no folder");
    atexit(leave);
    setenv("XDG_CACHE_HOME", folder, 1);
    hash_bytes(bundle_path, strlen(bundle_path), digest);
    hash_print(digest, name);
    snprintf(entry_path, sizeof entry_path, "%s/uptake/%s", folder, name);
    fuzz_expect(stat(bundle_path, &about) == 0, "there is no %s", bundle_path);
    cache_put(bundle_path, &about, &(struct cache_entry){.bytes = "x", .count = 1});
    key_bytes = read_entry() - BEFORE - KIND_AND_COUNT - 1 - HASH_BYTES;
}

static void write_entry(const uint8_t *data, size_t size)
{
    unsigned char digest[HASH_BYTES];
    int64_t now = (int64_t)time(NULL);
    int to = open(entry_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (size && data[0] & 1u) {
        size_t used = key_bytes + BEFORE;
        memcpy(entry + key_bytes, &now, sizeof now);
        memcpy(entry + used, data + 1, size - 1);
        used += size - 1;
        hash_bytes(entry, used, digest);
        memcpy(entry + used, digest, sizeof digest);
        data = entry;
        size = used + sizeof digest;
    }
    fuzz_expect(to >= 0 && write(to, data, size) == (ssize_t)size, "an entry cannot be written");
    close(to);
}

static void take(const struct cache_entry *found, struct arena *arena)
{
    static struct uptake_error error;
    struct plugin_bundle bundle = {.path = bundle_path};
    fuzz_expect(!found->bytes != !found->failure, "neither a description nor a failure, or both");
    error.count = error.more = 0;
    if (found->bytes)
        fuzz_expect_said("descriptor_read",
                         descriptor_read(found->bytes, found->count, arena, &bundle, &error),
                         &error);
    else
        fuzz_expect(text_is_utf8(found->failure, strlen(found->failure)) &&
                        name_is_printable(found->failure, strlen(found->failure), false),
                    "a failure that a terminal would obey");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct cache_entry found;
    if (!key_bytes)
        start();
    if (size > ENTRY_MOST / 2)
        return 0;
    write_entry(data, size);
    if (cache_get(bundle_path, &about, &arena, &found))
        take(&found, &arena);
    arena_finish(&arena);
    return 0;
}
