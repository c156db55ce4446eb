/* What scans remember: never for another file than the very one, never from a damaged entry. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plugin/cache.h"
#include "plugin/fixture.h"
#include "plugin/folders.h"

enum { PATH_ROOM = 512 };

struct place_of_test {
    char folder[FOLDER_BYTES];
    char bundle[PATH_ROOM];
    struct stat file;
};

/* A bundle that has not changed for a while, and an empty cache. */
static void start(struct place_of_test *place, const char *bundle)
{
    folder_make(place->folder);
    setenv("XDG_CACHE_HOME", place->folder, 1);
    folder_copy(place->folder, bundle, "good.so");
    snprintf(place->bundle, PATH_ROOM, "%s/good.so", place->folder);
    nanosleep(&(struct timespec){3, 100000000}, NULL);
    cr_assert(stat(place->bundle, &place->file) == 0);
}

static const char *scan(const struct place_of_test *place)
{
    static struct uptake_error error;
    struct arena arena = {0};
    struct plugin_bundle bundle;
    memset(&error, 0, sizeof error);
    if (bundle_scan(place->bundle, 0, NULL, &arena, &bundle, &error) == 0)
        cr_expect_str_eq(bundle.plugins[0].id, "good");
    arena_finish(&arena);
    return error.text[0];
}

static bool is_cached(const struct place_of_test *place)
{
    struct arena arena = {0};
    struct cache_entry entry;
    struct stat file;
    cr_assert(stat(place->bundle, &file) == 0);
    bool found = cache_get(place->bundle, &file, &arena, &entry);
    arena_finish(&arena);
    return found;
}

/* The one entry's path. */
static const char *entry_path(const struct place_of_test *place)
{
    static char path[PATH_ROOM];
    char folder[PATH_ROOM];
    snprintf(folder, sizeof folder, "%s/uptake", place->folder);
    *path = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *file; entries && (file = readdir(entries));)
        if (file->d_name[0] != '.')
            snprintf(path, sizeof path, "%.100s/%.100s", folder, file->d_name);
    if (entries)
        closedir(entries);
    return path;
}

static void put_byte(const char *path, off_t at, int change)
{
    unsigned char byte;
    int fd = open(path, O_RDWR);
    cr_assert(fd >= 0 && pread(fd, &byte, 1, at) == 1);
    byte ^= (unsigned char)change;
    cr_assert(pwrite(fd, &byte, 1, at) == 1);
    close(fd);
}

static off_t size_of(const char *path)
{
    struct stat file;
    cr_assert(stat(path, &file) == 0);
    return file.st_size;
}

Test(plugin_cache, the_very_file, .timeout = 30)
{
    struct place_of_test place;
    start(&place, "good");
    cr_expect(!is_cached(&place));
    cr_expect_str_eq(scan(&place), "");
    cr_expect(is_cached(&place));
    cr_expect_str_eq(scan(&place), "");
    /* Of the same size, with the old times put back: the time of the change itself cannot be. */
    put_byte(place.bundle, size_of(place.bundle) - 1, 1);
    struct timespec times[] = {place.file.st_atim, place.file.st_mtim};
    cr_assert(utimensat(AT_FDCWD, place.bundle, times, 0) == 0);
    cr_expect(!is_cached(&place), "a bundle that has changed is hidden");
    folder_remove(place.folder);
}

/* Whatever one byte of it is changed to, and wherever it ends. */
Test(plugin_cache, damaged, .timeout = 60)
{
    struct place_of_test place;
    start(&place, "good");
    scan(&place);
    const char *path = entry_path(&place);
    off_t bytes = size_of(path);
    for (off_t at = 0; at < bytes; at += 7) {
        put_byte(path, at, 0x41);
        cr_expect(!is_cached(&place), "byte %d", (int)at);
        put_byte(path, at, 0x41);
    }
    cr_expect(is_cached(&place));
    for (off_t length = bytes - 1; length >= 0; length -= 101) {
        cr_assert(truncate(path, length) == 0);
        cr_expect(!is_cached(&place), "cut to %d bytes", (int)length);
        cr_expect_str_eq(scan(&place), "");
        cr_expect(is_cached(&place), "not rebuilt");
    }
    folder_remove(place.folder);
}

Test(plugin_cache, hostile_folder, .timeout = 30)
{
    struct place_of_test place;
    char folder[PATH_ROOM], link[PATH_ROOM];
    start(&place, "good");
    scan(&place);
    snprintf(folder, sizeof folder, "%s/uptake", place.folder);
    chmod(folder, 0777);
    cr_expect(!is_cached(&place), "anybody may have written it");
    cr_expect_str_eq(scan(&place), "");
    chmod(folder, 0700);
    cr_expect(is_cached(&place));
    snprintf(link, sizeof link, "%s", entry_path(&place));
    unlink(link);
    cr_assert(symlink("/etc/passwd", link) == 0);
    cr_expect(!is_cached(&place));
    cr_expect_str_eq(scan(&place), "");
    cr_expect(is_cached(&place), "the link was followed, or not replaced");
    unlink(link);
    cr_assert(mkfifo(link, 0600) == 0);
    cr_expect(!is_cached(&place), "a pipe was read");
    setenv("XDG_CACHE_HOME", "relative", 1);
    setenv("HOME", "/nonexistent", 1);
    cr_expect_str_eq(scan(&place), "", "nowhere to keep it is no failure");
    folder_remove(place.folder);
}

Test(plugin_cache, failures, .timeout = 30)
{
    struct place_of_test place;
    start(&place, "crash_in_constructor");
    const char *first = scan(&place);
    cr_expect(strstr(first, "crashed when it was loaded") && !strstr(first, "remembered"), "%s",
              first);
    const char *again = scan(&place);
    cr_expect(strstr(again, "the bundle crashed when it was loaded: SIGSEGV (found on 2") &&
                  strstr(again, "and remembered; 'uptake plugins --rescan' looks again)"),
              "%s", again);
    cache_renew();
    cr_expect(!strstr(scan(&place), "remembered"));
    folder_copy(place.folder, "good", "good.so");
    cr_expect_str_eq(scan(&place), "", "a mended bundle is hidden by its past");
    folder_remove(place.folder);
}

/* Times that are seconds old may not tell a change from none. */
Test(plugin_cache, fresh_files_are_not_kept, .timeout = 30)
{
    struct place_of_test place;
    folder_make(place.folder);
    setenv("XDG_CACHE_HOME", place.folder, 1);
    folder_copy(place.folder, "good", "good.so");
    snprintf(place.bundle, PATH_ROOM, "%s/good.so", place.folder);
    cr_expect_str_eq(scan(&place), "");
    cr_expect(!is_cached(&place));
    folder_remove(place.folder);
}

/* What misses a library today may find it tomorrow. */
Test(plugin_cache, loader_failures_are_not_kept, .timeout = 30)
{
    struct place_of_test place;
    start(&place, "undefined_symbol");
    cr_expect(strstr(scan(&place), "undefined symbol"));
    cr_expect(!is_cached(&place));
    folder_remove(place.folder);
}
