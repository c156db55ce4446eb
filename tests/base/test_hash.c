/* SHA-256 against the examples of FIPS 180-4 (NIST, "Cryptographic Standards and Guidelines: Example values"). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"

static const char *of_bytes(const void *bytes, size_t count)
{
    static char hex[HASH_HEX];
    unsigned char digest[HASH_BYTES];
    hash_bytes(bytes, count, digest);
    hash_print(digest, hex);
    return hex;
}

static const char million[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

Test(base_hash, examples)
{
    char *as = malloc(1000000);
    cr_assert(as);
    memset(as, 'a', 1000000);
    cr_expect_str_eq(of_bytes("", 0),
                     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    cr_expect_str_eq(of_bytes("abc", 3),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cr_expect_str_eq(of_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56),
                     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    cr_expect_str_eq(of_bytes(as, 1000000), million);
    free(as);
}

Test(base_hash, files)
{
    char path[] = "/tmp/uptake-hash-XXXXXX", hex[HASH_HEX] = "untouched";
    struct uptake_error error = {0};
    int fd = mkstemp(path);
    char block[1000];
    memset(block, 'a', sizeof block);
    for (int k = 0; k < 1000; k++)
        cr_assert(write(fd, block, sizeof block) == (ssize_t)sizeof block);
    close(fd);
    cr_expect(hash_file(path, hex, &error) == 0);
    cr_expect_str_eq(hex, million);
    unlink(path);
    cr_expect(hash_file(path, hex, &error) == -1 && error.exit_code == EXIT_INPUT);
    cr_expect(strstr(error.text[0], "No such file or directory"), "%s", error.text[0]);
    cr_expect(hash_file("/dev/zero", hex, &error) == -1, "a device has no end");
    cr_expect(hash_file("/tmp", hex, &error) == -1);
    cr_expect_str_eq(hex, million, "written on success only");
}
