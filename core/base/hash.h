/* SHA-256 (FIPS 180-4) of bytes and files, by nettle; hash.c is the one file that names it. */
#ifndef UPTAKE_BASE_HASH_H
#define UPTAKE_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"

enum { HASH_BYTES = 32, HASH_HEX = 65 };

/* A hash in the making. */
struct hash {
    uint64_t room[16]; /* nettle's own */
};
void hash_start(struct hash *hash);
/* bytes may be NULL where there are none. */
void hash_add(struct hash *hash, const void *bytes, size_t count);

void hash_bytes(const void *bytes, size_t count, unsigned char digest[HASH_BYTES]);
/* Lower-case, NUL-terminated. */
void hash_print(const unsigned char digest[HASH_BYTES], char hex[HASH_HEX]);
void hash_end(struct hash *hash, char hex[HASH_HEX]);
/* Of a regular file's content. Fails with: the file cannot be read. */
int hash_file(const char *path, char hex[HASH_HEX], struct uptake_error *error);

/* Which writing of a file it is: tells, without reading, whether a file is still what it was. */
struct file_version {
    uint64_t device, inode, bytes;
    int64_t changed,
        moved; /* its content, and anything of it, its name too: nanoseconds since 1970 */
};
struct file_version file_version(const struct stat *about);
bool file_version_equal(struct file_version a, struct file_version b);

#endif
