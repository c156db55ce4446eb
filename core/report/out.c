/* The output: see out.h. */
#include "report/out.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"

void out_start(struct report_out *out, int fd, const char *name)
{
    out->fd = fd;
    out->code = 0;
    out->broken_pipe = false;
    out->regular = false;
    out->block = 0;
    out->used = 0;
    out->temporary[0] = '\0';
    snprintf(out->target, sizeof out->target, "%s", name);
}

/* --- Opening a file ---------------------------------------------------------------------------- */

/* A file in the target's folder that has no name: it is gone if we are killed. -1 where that cannot be. */
static int open_unnamed(const char *target, mode_t mode)
{
    char folder[OUT_NAME_BYTES];
    const char *slash = strrchr(target, '/');
    size_t bytes = slash ? (size_t)(slash - target) + 1 : 0;
    snprintf(folder, sizeof folder, "%.*s.", (int)bytes, target);
    return access("/proc/self/fd", X_OK) == 0 ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode)
                                              : -1;
}

static int name_temporary(struct report_out *out)
{
    int bytes =
        snprintf(out->temporary, sizeof out->temporary, "%s.%ld.tmp", out->target, (long)getpid());
    if (bytes >= 0 && (size_t)bytes < sizeof out->temporary)
        return 0;
    out->temporary[0] = '\0';
    errno = ENAMETOOLONG;
    return -1;
}

static int open_beside(struct report_out *out, mode_t mode)
{
    int fd = open_unnamed(out->target, mode);
    if (fd < 0 && name_temporary(out) == 0) {
        fd = open(out->temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
        if (fd < 0)
            out->temporary[0] = '\0';
    }
    return fd;
}

/* A link is followed: its target is what is replaced. One that leads nowhere is refused, not replaced itself. */
static int find_target(struct report_out *out, const char *path)
{
    struct stat there;
    char *real = realpath(path, NULL);
    int code = errno;
    if (!real && lstat(path, &there) == 0) {
        errno = code;
        return -1;
    }
    int bytes = snprintf(out->target, sizeof out->target, "%s", real ? real : path);
    free(real);
    if (bytes >= 0 && (size_t)bytes < sizeof out->target)
        return 0;
    errno = ENAMETOOLONG;
    return -1;
}

int out_create(struct report_out *out, const char *path, struct uptake_error *error)
{
    struct stat there;
    bool exists = stat(path, &there) == 0;
    out_start(out, -1, path);
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        return error_errno(error, "write", path);
    }
    if (exists && !S_ISREG(there.st_mode)) {
        out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } else if (find_target(out, path) == 0) {
        out->regular = true;
        out->fd = open_beside(out, 0666);
        if (out->fd >= 0 && exists && fchmod(out->fd, there.st_mode & 0777) != 0)
            out->code = errno;
    }
    return out->fd >= 0 ? 0 : error_errno(error, "write", path);
}

/* --- Writing ----------------------------------------------------------------------------------- */

static void fail(struct report_out *out, int code)
{
    if (out->code == 0)
        out->code = code;
    if (code == EPIPE)
        out->broken_pipe = true;
}

/* True when the write may be tried again. */
static bool may_retry(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    return errno == EINTR || (errno == EAGAIN && (poll(&ready, 1, -1) > 0 || errno == EINTR));
}

static void write_all(struct report_out *out, const char *bytes, size_t count)
{
    while (count > 0 && out->code == 0) {
        ssize_t wrote = write(out->fd, bytes, count);
        if (wrote > 0) {
            bytes += wrote;
            count -= (size_t)wrote;
        } else if (wrote == 0) {
            fail(out, ENOSPC);
        } else if (!may_retry(out->fd)) {
            fail(out, errno);
        }
    }
}

void out_drain(struct report_out *out)
{
    write_all(out, out->data, out->used);
    out->used = 0;
}

/* More than there is room for. */
void out_many(struct report_out *out, const void *bytes, size_t count)
{
    out_drain(out);
    if (count > OUT_BYTES)
        write_all(out, bytes, count);
    else
        out_bytes(out, bytes, count);
}

/* Bytes of the control character (C0, DEL, or C1 in UTF-8) that stands there; 0: none does. */
static size_t control_at(const char *at, size_t left)
{
    unsigned char c = (unsigned char)at[0];
    if (c < 0x20 || c == 0x7f)
        return 1;
    return c == 0xc2 && left > 1 && (unsigned char)at[1] < 0xa0 ? 2 : 0;
}

void out_visible(struct report_out *out, const char *bytes, size_t count)
{
    size_t start = 0;
    for (size_t k = 0; k < count;) {
        size_t control = control_at(bytes + k, count - k);
        if (control > 0) {
            out_bytes(out, bytes + start, k - start);
            out_char(out, '?');
            start = k + control;
        }
        k += control > 0 ? control : 1;
    }
    out_bytes(out, bytes + start, count - start);
}

void out_spaces(struct report_out *out, size_t count)
{
    for (size_t k = 0; k < count; k++)
        out_char(out, ' ');
}

void out_number(struct report_out *out, double x)
{
    char *at = out_room(out, NUMBER_BYTES);
    out->used += number_print(at, x);
}

void out_count(struct report_out *out, uint64_t x)
{
    char *at = out_room(out, COUNT_BYTES);
    out->used += number_count(at, x);
}

/* --- The end ----------------------------------------------------------------------------------- */

/* Gives an unnamed file a name beside its target: a link cannot replace what is there, a rename can. */
static int link_temporary(struct report_out *out)
{
    char descriptor[64];
    snprintf(descriptor, sizeof descriptor, "/proc/self/fd/%d", out->fd);
    if (name_temporary(out) != 0)
        return -1;
    if (linkat(AT_FDCWD, descriptor, AT_FDCWD, out->temporary, AT_SYMLINK_FOLLOW) == 0)
        return 0;
    out->temporary[0] = '\0';
    return -1;
}

static int answer(const struct report_out *out, struct uptake_error *error)
{
    if (out->code == 0)
        return 0;
    return error_add(error, EXIT_MACHINE, "cannot write %s: %s", out->target, strerror(out->code));
}

int out_flush(struct report_out *out, struct uptake_error *error)
{
    out_drain(out);
    return answer(out, error);
}

/* Closing comes before the file gets its name: some file systems say only then that the disk is full. */
int out_finish(struct report_out *out, struct uptake_error *error)
{
    out_drain(out);
    if (out->regular && out->code == 0 && out->temporary[0] == '\0' && link_temporary(out) != 0)
        fail(out, errno);
    if (close(out->fd) != 0 && errno != EINTR)
        fail(out, errno);
    out->fd = -1;
    if (out->regular && out->code == 0) {
        if (rename(out->temporary, out->target) == 0)
            out->temporary[0] = '\0';
        else
            fail(out, errno);
    }
    out_abandon(out);
    return answer(out, error);
}

void out_abandon(struct report_out *out)
{
    if (out->fd >= 0)
        close(out->fd);
    out->fd = -1;
    if (out->temporary[0] != '\0')
        unlink(out->temporary);
    out->temporary[0] = '\0';
}
