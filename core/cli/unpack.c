/*
 * A record's texts as files: see unpack.h. Relative paths stand below ROOT/given/up/up..., with as many "up" as the paths
 * have "..", so that none leads out of the folder; absolute ones below ROOT/root/up/up....
 */
#include "cli/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

enum { UP_MOST = 32 };

static bool is_text(const struct record_input *input)
{
    return strcmp(input->kind, "bundle") != 0;
}

/* How far a path climbs above where it begins. */
static int climbs(const char *path)
{
    int depth = 0, least = 0;
    while (*path) {
        size_t bytes = strcspn(path, "/");
        if (bytes == 2 && memcmp(path, "..", 2) == 0)
            depth--;
        else if (bytes > 0 && !(bytes == 1 && *path == '.'))
            depth++;
        least = depth < least ? depth : least;
        path += bytes + strspn(path + bytes, "/");
    }
    return -least;
}

int unpack_place(const struct unpacked *unpacked, const char *path, char out[UNPACK_PATH],
                 struct uptake_error *error)
{
    int bytes = snprintf(out, UNPACK_PATH, "%s/%s%s/%s", unpacked->root,
                         path[0] == '/' ? "root" : "given", unpacked->above, path);
    return bytes > 0 && bytes < UNPACK_PATH
               ? 0
               : error_add(error, EXIT_INPUT, "%s: a path in it is too long to be unpacked",
                           unpacked->record->path);
}

/* Every folder on the way to a file. */
static int make_folders(char *path, struct uptake_error *error)
{
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        int failed = mkdir(path, 0700) != 0 && errno != EEXIST;
        if (failed)
            error_errno(error, "make the folder", path);
        *at = '/';
        if (failed)
            return -1;
    }
    return 0;
}

static int write_text(const char *path, const struct record_input *input,
                      struct uptake_error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return errno == EEXIST ? 0 : error_errno(error, "write", path);
    uint64_t written = 0;
    while (written < input->content_bytes) {
        ssize_t got = write(file, input->content + written, input->content_bytes - written);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        written += (uint64_t)got;
    }
    bool whole = close(file) == 0 && written == input->content_bytes;
    return whole ? 0 : error_errno(error, "write", path);
}

/* The file itself, where it is still what it was. */
static int link_text(const struct record *record, const char *path,
                     const struct record_input *input, struct uptake_error *error)
{
    char hash[HASH_HEX];
    char *real = realpath(input->path, NULL);
    if (!real || hash_file(real, hash, NULL) != 0 || strcmp(hash, input->sha256) != 0) {
        free(real);
        return error_add(
            error, EXIT_INPUT,
            "%s: the text of %s was too large to keep, and the file is not what it was",
            record->path, input->path);
    }
    int failed =
        symlink(real, path) != 0 && errno != EEXIST ? error_errno(error, "write", path) : 0;
    free(real);
    return failed;
}

static int unpack_input(struct unpacked *unpacked, const struct record_input *input,
                        struct uptake_error *error)
{
    char path[UNPACK_PATH];
    if (unpack_place(unpacked, input->path, path, error) != 0 || make_folders(path, error) != 0)
        return -1;
    if (strcmp(input->kind, "spec") == 0)
        memcpy(unpacked->spec, path, sizeof path);
    return input->content ? write_text(path, input, error)
                          : link_text(unpacked->record, path, input, error);
}

static int make_root(struct unpacked *unpacked, struct uptake_error *error)
{
    const char *folder = getenv("TMPDIR");
    int up = 0;
    for (size_t k = 0; k < unpacked->record->n_inputs; k++)
        if (is_text(&unpacked->record->inputs[k])) {
            int climb = climbs(unpacked->record->inputs[k].path);
            up = climb > up ? climb : up;
        }
    if (up > UP_MOST)
        return error_add(error, EXIT_INPUT, "%s: a path in it climbs too far to be unpacked",
                         unpacked->record->path);
    for (size_t k = 0; k < (size_t)up; k++)
        memcpy(unpacked->above + 3 * k, "/up", 4);
    snprintf(unpacked->root, sizeof unpacked->root, "%.1000s/uptake-rerun-XXXXXX",
             folder && folder[0] == '/' ? folder : "/tmp");
    if (mkdtemp(unpacked->root))
        return 0;
    error_errno(error, "make the folder", unpacked->root);
    unpacked->root[0] = '\0';
    return -1;
}

int unpack(const struct record *record, struct unpacked *unpacked, struct uptake_error *error)
{
    *unpacked = (struct unpacked){.record = record};
    if (make_root(unpacked, error) != 0)
        return -1;
    for (size_t k = 0; k < record->n_inputs; k++)
        if (is_text(&record->inputs[k]) && unpack_input(unpacked, &record->inputs[k], error) != 0)
            return -1;
    if (unpacked->spec[0] == '\0')
        return error_add(error, EXIT_INPUT, "%s: it names no spec", record->path);
    return 0;
}

const char *unpack_original(const struct unpacked *unpacked, const char *path)
{
    char prefix[2 * UNPACK_PATH];
    static const char *const kinds[] = {"given", "root"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int bytes =
            snprintf(prefix, sizeof prefix, "%s/%s%s/", unpacked->root, kinds[k], unpacked->above);
        if (bytes > 0 && strncmp(path, prefix, (size_t)bytes) == 0)
            return path + bytes - (k == 1); /* an absolute one keeps its '/' */
    }
    return path;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
    (void)about;
    (void)type;
    (void)walk;
    return remove(path);
}

void unpack_remove(struct unpacked *unpacked)
{
    if (unpacked->root[0])
        nftw(unpacked->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    unpacked->root[0] = '\0';
}
