/*
 * Landlock: see landlock.h. Every right that the kernel knows is handled, so that what is not allowed here is denied;
 * the structs are written out, so that headers older than the kernel do not decide.
 */
#include "plugin/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444 /* the same on every architecture */
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum { CREATE_VERSION = 1, PATH_BENEATH = 1 };
enum { READ_FILE = 1 << 2 };

/* uapi/linux/landlock.h; a shorter size is taken by every kernel that knows the first members. */
struct ruleset {
    uint64_t files;
    uint64_t network; /* from 4 */
    uint64_t scoped;  /* from 6 */
};
struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

/* What each version brought: rights of files (bits 0 to n - 1), of the network, and scopes. */
static const struct {
    int files, network, scopes;
    size_t bytes;
} versions[] = {
    {0, 0, 0, 0},   {13, 0, 0, 8},  {14, 0, 0, 8},  {15, 0, 0, 8},
    {15, 2, 0, 16}, {16, 2, 0, 16}, {16, 2, 2, 24},
};
enum { NEWEST = sizeof versions / sizeof *versions - 1 };

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_VERSION);
    return version > 0 ? (int)version : 0;
}

static uint64_t first_bits(int count)
{
    return ((uint64_t)1 << count) - 1;
}

/* What does not exist needs no rule. */
static int allow_reading(int ruleset, const char *path)
{
    struct path_beneath rule = {READ_FILE, open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -1;
    long failed = syscall(SYS_landlock_add_rule, ruleset, PATH_BENEATH, &rule, 0);
    close(rule.parent);
    return failed ? -1 : 0;
}

static const char *const libraries[] = {
    "/lib",       "/lib32",         "/lib64",           "/usr/lib",         "/usr/lib32",
    "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/etc/ld.so.cache", "/nix/store"};

/* Folders that the user named to the loader. */
static int allow_listed(int ruleset, const char *list)
{
    char folder[4096];
    int failed = 0;
    while (list && *list && !failed) {
        size_t bytes = strcspn(list, ":");
        if (*list == '/' && bytes < sizeof folder) {
            memcpy(folder, list, bytes);
            folder[bytes] = 0;
            failed = allow_reading(ruleset, folder);
        }
        list += bytes + (list[bytes] == ':');
    }
    return failed;
}

static int allow_all(int ruleset, const char *bundle)
{
    for (size_t k = 0; k < sizeof libraries / sizeof *libraries; k++)
        if (allow_reading(ruleset, libraries[k]) != 0)
            return -1;
    return allow_listed(ruleset, secure_getenv("LD_LIBRARY_PATH")) != 0 ||
                   allow_reading(ruleset, bundle) != 0
               ? -1
               : 0;
}

int landlock_restrict(const char *bundle)
{
    int version = landlock_version();
    if (version > NEWEST)
        version = NEWEST;
    struct ruleset rights = {first_bits(versions[version].files),
                             first_bits(versions[version].network),
                             first_bits(versions[version].scopes)};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rights, versions[version].bytes, 0);
    if (ruleset < 0)
        return -1;
    long failed = allow_all(ruleset, bundle);
    if (!failed)
        failed = syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
    return failed ? -1 : 0;
}
