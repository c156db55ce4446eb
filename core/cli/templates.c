/* The folder of a new plugin: see templates.h. It is filled under another name, and gets its own when it is whole. */
#include "cli/templates.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/out.h"

static const char own_id[] = "template-plugin";

struct writing {
    const char *language;
    const char *id;
    char folder[PATH_MAX];
    struct report_out out;
};

/* --- One file ---------------------------------------------------------------------------------- */

static void put_text(struct report_out *out, const char *text, const char *id)
{
    for (const char *at; (at = strstr(text, own_id)); text = at + sizeof own_id - 1) {
        out_bytes(out, text, (size_t)(at - text));
        out_text(out, id);
    }
    out_text(out, text);
}

/* The folders in which a file lies. */
static int make_parents(char *path, size_t from, struct uptake_error *error)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        int failed = mkdir(path, 0777) != 0 && errno != EEXIST ? -1 : 0;
        if (failed)
            error_errno(error, "make the folder", path);
        *slash = '/';
        if (failed)
            return -1;
    }
    return 0;
}

static int put_file(struct writing *writing, const struct template_file *file,
                    struct uptake_error *error)
{
    char path[PATH_MAX];
    int bytes = snprintf(path, sizeof path, "%s/%s", writing->folder, file->path);
    if (bytes < 0 || (size_t)bytes >= sizeof path)
        return error_add(error, EXIT_INPUT, "the path of '%s' is too long", file->path);
    if (make_parents(path, strlen(writing->folder) + 1, error) != 0 ||
        out_create(&writing->out, path, error) != 0)
        return -1;
    put_text(&writing->out, file->text, writing->id);
    return out_finish(&writing->out, error);
}

/* --- The folder -------------------------------------------------------------------------------- */

static bool is_replaced(const struct template_file *common, const char *language)
{
    for (const struct template_file *file = template_files; file->folder; file++)
        if (strcmp(file->folder, language) == 0 && strcmp(file->path, common->path) == 0)
            return true;
    return false;
}

static int put_files(struct writing *writing, struct uptake_error *error)
{
    for (const struct template_file *file = template_files; file->folder; file++) {
        bool common = strcmp(file->folder, "common") == 0;
        bool wanted = common ? !is_replaced(file, writing->language)
                             : strcmp(file->folder, writing->language) == 0;
        if (wanted && put_file(writing, file, error) != 0)
            return -1;
    }
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int already_there(const char *id, struct uptake_error *error)
{
    return error_add(error, EXIT_INPUT,
                     "there is already something called '%s' here, and it is left as it is: choose "
                     "another id, or go to another folder",
                     id);
}

/* mkdtemp gives a folder to its owner alone; this one is to be as any other. */
static int as_any_other(const char *folder)
{
    mode_t mask = umask(0);
    umask(mask);
    return chmod(folder, 0777 & ~mask);
}

static int publish(const struct writing *writing, struct uptake_error *error)
{
    if (as_any_other(writing->folder) == 0 &&
        renameat2(AT_FDCWD, writing->folder, AT_FDCWD, writing->id, RENAME_NOREPLACE) == 0)
        return 0;
    return errno == EEXIST ? already_there(writing->id, error)
                           : error_errno(error, "make the folder", writing->id);
}

int templates_write(const char *language, const char *id, struct uptake_error *error)
{
    static struct writing writing;
    struct stat status;
    if (lstat(id, &status) == 0)
        return already_there(id, error);
    writing = (struct writing){.language = language, .id = id};
    snprintf(writing.folder, sizeof writing.folder, ".%.100s-XXXXXX", id);
    if (!mkdtemp(writing.folder))
        return error_errno(error, "make the folder", id);
    if (put_files(&writing, error) == 0 && publish(&writing, error) == 0)
        return 0;
    out_abandon(&writing.out);
    nftw(writing.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return -1;
}
