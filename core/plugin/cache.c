/*
 * The cache: see cache.h. An entry begins with its key, byte for byte, so that looking up is one comparison; it ends with
 * a hash of all that stands before.
 */
#include "plugin/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "plugin/bytes.h"
#include "plugin/child.h"
#include "plugin/describe.h"
#include "plugin/sandbox.h"

enum { FORMAT = 1, DESCRIBED = 0, FAILED = 1, KEY_ROOM = 4096 + 256, NAME_ROOM = 4096 + 96 };
enum { SETTLED_SECONDS = 2 }; /* the coarsest times that file systems keep (FAT) */

static bool renewing;

void cache_renew(void)
{
    renewing = true;
}

/* --- Where it lies ----------------------------------------------------------------------------- */

/* "FOLDER/uptake"; false: there is nowhere. */
static bool cache_folder(char folder[NAME_ROOM], bool make)
{
    const char *cache = secure_getenv("XDG_CACHE_HOME"), *home = secure_getenv("HOME");
    int bytes = cache && *cache == '/'
                    ? snprintf(folder, 4096, "%s", cache)
                    : snprintf(folder, 4096, "%s/.cache", home && *home == '/' ? home : "");
    if ((!cache || *cache != '/') && (!home || *home != '/'))
        return false;
    if (bytes <= 0 || bytes > 4000)
        return false;
    if (make)
        mkdir(folder, 0700);
    snprintf(folder + bytes, NAME_ROOM - (size_t)bytes, "/uptake");
    if (make)
        mkdir(folder, 0700);
    return true;
}

/* A folder that others may write to is not used. */
static int open_folder(bool make)
{
    char path[NAME_ROOM];
    struct stat status;
    if (!cache_folder(path, make))
        return -1;
    int folder = open(path, O_DIRECTORY | O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (folder >= 0 && fstat(folder, &status) == 0 && status.st_uid == geteuid() &&
        !(status.st_mode & (S_IWGRP | S_IWOTH)))
        return folder;
    if (folder >= 0)
        close(folder);
    return -1;
}

static void name_of(const char *path, char name[HASH_HEX])
{
    unsigned char digest[HASH_BYTES];
    hash_bytes(path, strlen(path), digest);
    hash_print(digest, name);
}

/* --- Keys -------------------------------------------------------------------------------------- */

static void put_text(struct bytes_out *out, const char *text)
{
    bytes_put_u32(out, (uint32_t)strlen(text));
    bytes_put(out, text, strlen(text));
}

static void put_key(struct bytes_out *out, const char *path, const struct stat *file)
{
    const uint64_t numbers[] = {FORMAT,
                                UPTAKE_ABI_MAJOR,
                                UPTAKE_ABI_MINOR,
                                sandbox_level(),
                                file->st_dev,
                                file->st_ino,
                                (uint64_t)file->st_size,
                                (uint64_t)file->st_mtim.tv_sec,
                                (uint64_t)file->st_mtim.tv_nsec,
                                (uint64_t)file->st_ctim.tv_sec,
                                (uint64_t)file->st_ctim.tv_nsec};
    put_text(out, "uptake scan " UPTAKE_VERSION);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        bytes_put_u64(out, numbers[k]);
    put_text(out, path);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* --- Reading ----------------------------------------------------------------------------------- */

/* A plain file of one's own, whole; NULL: none. */
static unsigned char *read_entry(const char *path, struct arena *arena, size_t *bytes)
{
    char name[HASH_HEX];
    struct stat status;
    unsigned char *data = NULL;
    int folder = open_folder(false);
    if (folder < 0)
        return NULL;
    name_of(path, name);
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    close(folder);
    if (file < 0)
        return NULL;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
        status.st_size > HASH_BYTES &&
        status.st_size < (off_t)(CHILD_REPLY_BYTES + 2 * (size_t)KEY_ROOM) &&
        (data = arena_alloc(arena, (size_t)status.st_size)) &&
        read(file, data, (size_t)status.st_size) != status.st_size)
        data = NULL;
    close(file);
    *bytes = data ? (size_t)status.st_size - HASH_BYTES : 0;
    return data;
}

static bool is_whole(const unsigned char *data, size_t bytes)
{
    unsigned char digest[HASH_BYTES];
    hash_bytes(data, bytes, digest);
    return memcmp(digest, data + bytes, HASH_BYTES) == 0;
}

static bool take_failure(struct bytes_in *in, size_t count, struct arena *arena,
                         struct cache_entry *entry)
{
    const char *text = bytes_take(in, count);
    if (!text || count >= ERROR_BYTES || !text_is_utf8(text, count) ||
        !name_is_printable(text, count, false))
        return false;
    entry->failure = arena_text(arena, text, count);
    int64_t age = (int64_t)time(NULL) - entry->since;
    return entry->failure && age >= 0 && age < CACHE_FAILURE_SECONDS;
}

bool cache_get(const char *path, const struct stat *file, struct arena *arena,
               struct cache_entry *entry)
{
    unsigned char key[KEY_ROOM];
    struct bytes_out wanted = {.data = key, .room = sizeof key};
    struct bytes_in in = {0};
    *entry = (struct cache_entry){0};
    if (renewing || *path != '/')
        return false;
    put_key(&wanted, path, file);
    in.data = read_entry(path, arena, &in.bytes);
    const void *found = in.data ? bytes_take(&in, wanted.used) : NULL;
    if (!found || wanted.full || memcmp(found, key, wanted.used) != 0 ||
        !is_whole(in.data, in.bytes))
        return false;
    entry->since = (int64_t)bytes_get_u64(&in);
    bytes_take(&in, HASH_HEX - 1); /* of the bundle's content: for those who look into the cache */
    uint64_t kind = bytes_get_u64(&in), count = bytes_get_u64(&in);
    if (in.bad || count != in.bytes - in.at)
        return false;
    if (kind == FAILED)
        return take_failure(&in, count, arena, entry);
    entry->count = count;
    entry->bytes = bytes_take(&in, count);
    return kind == DESCRIBED && entry->bytes;
}

/* --- Writing ----------------------------------------------------------------------------------- */

/* Under a name of its own first: who reads sees the old entry or the new one. */
static void publish(int folder, const char *name, const unsigned char *data, size_t bytes)
{
    char temporary[HASH_HEX + 32];
    snprintf(temporary, sizeof temporary, "%.16s.%d", name, (int)getpid());
    int file =
        openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0 && errno == EEXIST && unlinkat(folder, temporary, 0) == 0)
        return; /* of a process that died: the next scan will keep it */
    if (file < 0)
        return;
    bool written = write(file, data, bytes) == (ssize_t)bytes;
    written &= close(file) == 0;
    if (!written || renameat(folder, temporary, folder, name) != 0)
        unlinkat(folder, temporary, 0);
}

static void put_entry(struct bytes_out *out, const char *path, const struct stat *file,
                      const char *content, const struct cache_entry *entry)
{
    unsigned char digest[HASH_BYTES];
    const void *bytes = entry->bytes ? entry->bytes : entry->failure;
    size_t count = entry->bytes ? entry->count : strlen(entry->failure);
    put_key(out, path, file);
    bytes_put_u64(out, (uint64_t)time(NULL));
    bytes_put(out, content, HASH_HEX - 1);
    bytes_put_u64(out, entry->bytes ? DESCRIBED : FAILED);
    bytes_put_u64(out, count);
    bytes_put(out, bytes, count);
    hash_bytes(out->data, out->used, digest);
    bytes_put(out, digest, sizeof digest);
}

/* Changed so shortly ago that a further change might leave the same times. */
static bool is_fresh(const struct stat *file)
{
    int64_t now = (int64_t)time(NULL);
    return now - (int64_t)file->st_mtim.tv_sec <= SETTLED_SECONDS ||
           now - (int64_t)file->st_ctim.tv_sec <= SETTLED_SECONDS;
}

void cache_put(const char *path, const struct stat *file, const struct cache_entry *entry)
{
    char content[HASH_HEX], name[HASH_HEX];
    struct stat now;
    struct bytes_out out = {.room = CHILD_REPLY_BYTES + 2 * (size_t)KEY_ROOM};
    if (*path != '/' || hash_file(path, content, NULL) != 0 || stat(path, &now) != 0 ||
        !same_file(file, &now) || is_fresh(file))
        return;
    int folder = open_folder(true);
    if (folder < 0)
        return;
    out.data = malloc(out.room);
    if (out.data) {
        put_entry(&out, path, file, content, entry);
        name_of(path, name);
        if (!out.full)
            publish(folder, name, out.data, out.used);
    }
    free(out.data);
    close(folder);
}
