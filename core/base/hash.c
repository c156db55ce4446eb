/* Hashes: see hash.h. */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sha256_ctx *context(struct hash *hash)
{
    _Static_assert(sizeof(struct sha256_ctx) <= sizeof *hash, "there is room for nettle's own");
    return (struct sha256_ctx *)(void *)hash->room;
}

void hash_start(struct hash *hash)
{
    sha256_init(context(hash));
}

void hash_add(struct hash *hash, const void *bytes, size_t count)
{
    if (count)
        sha256_update(context(hash), count, bytes);
}

void hash_end(struct hash *hash, char hex[HASH_HEX])
{
    unsigned char digest[HASH_BYTES];
    sha256_digest(context(hash), HASH_BYTES, digest);
    hash_print(digest, hex);
}

void hash_bytes(const void *bytes, size_t count, unsigned char digest[HASH_BYTES])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, count, bytes);
    sha256_digest(&hash, HASH_BYTES, digest);
}

void hash_print(const unsigned char digest[HASH_BYTES], char hex[HASH_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t k = 0; k < HASH_BYTES; k++) {
        hex[2 * k] = digits[digest[k] >> 4];
        hex[2 * k + 1] = digits[digest[k] & 15];
    }
    hex[HASH_HEX - 1] = 0;
}

static int hash_open(int file, unsigned char digest[HASH_BYTES])
{
    struct sha256_ctx hash;
    unsigned char block[1 << 16];
    ssize_t bytes;
    sha256_init(&hash);
    while ((bytes = read(file, block, sizeof block)) != 0) {
        if (bytes < 0 && errno != EINTR)
            return -1;
        if (bytes > 0)
            sha256_update(&hash, (size_t)bytes, block);
    }
    sha256_digest(&hash, HASH_BYTES, digest);
    return 0;
}

/* Never waits for a pipe or a device. */
int hash_file(const char *path, char hex[HASH_HEX], struct uptake_error *error)
{
    struct stat status;
    unsigned char digest[HASH_BYTES];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return error_errno(error, "open", path);
    int failed = fstat(file, &status) != 0;
    if (!failed && !S_ISREG(status.st_mode)) {
        close(file);
        return error_add(error, EXIT_INPUT, "%s: it is no plain file", path);
    }
    failed = failed || hash_open(file, digest) != 0 ? error_errno(error, "read", path) : 0;
    close(file);
    if (!failed)
        hash_print(digest, hex);
    return failed;
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct file_version file_version(const struct stat *about)
{
    return (struct file_version){
        .device = about->st_dev,
        .inode = about->st_ino,
        .bytes = (uint64_t)about->st_size,
        .changed = nanoseconds(about->st_mtim),
        .moved = nanoseconds(about->st_ctim),
    };
}

bool file_version_equal(struct file_version a, struct file_version b)
{
    return a.device == b.device && a.inode == b.inode && a.bytes == b.bytes &&
           a.changed == b.changed && a.moved == b.moved;
}
