/* libyaml's memory: that it is ours, and that it keeps what is put into it. */
#include <criterion/criterion.h>
#include <dlfcn.h>
#include <stdint.h>
#include <string.h>
#include <yaml.h>

#ifndef UPTAKE_SANITIZED /* there it is left out */

void *yaml_malloc(size_t bytes);
void *yaml_realloc(void *data, size_t bytes);
void yaml_free(void *data);
unsigned char *yaml_strdup(const unsigned char *text);

/* The program's own comes before libyaml's, for libyaml too. */
Test(yaml_memory, is_preferred)
{
    void *first = dlsym(RTLD_DEFAULT, "yaml_malloc");
    void *of_library = dlsym(RTLD_NEXT, "yaml_malloc");
    cr_expect(first == (void *)(uintptr_t)yaml_malloc);
    cr_expect(of_library != NULL && of_library != first);
}

/* A parser's name of an event comes out of the free list that the last one of that size went into. */
Test(yaml_memory, is_used)
{
    yaml_event_t event;
    void *before = yaml_malloc(48);
    yaml_free(before);
    cr_assert(yaml_scalar_event_initialize(
        &event, NULL, NULL, (const yaml_char_t *)"a text of forty bytes and a few, about 46.", 42,
        1, 1, YAML_PLAIN_SCALAR_STYLE));
    cr_expect(event.data.scalar.value == before);
    yaml_event_delete(&event);
}

static void fill(unsigned char *data, size_t bytes, unsigned seed)
{
    for (size_t k = 0; k < bytes; k++)
        data[k] = (unsigned char)(seed + 31 * k);
}

static bool holds(const unsigned char *data, size_t bytes, unsigned seed)
{
    for (size_t k = 0; k < bytes; k++)
        if (data[k] != (unsigned char)(seed + 31 * k))
            return false;
    return true;
}

/* Blocks of all sizes, grown and shrunk across every border, never overlap and keep their bytes. */
Test(yaml_memory, keeps_what_is_put_in)
{
    enum { BLOCKS = 300, ROUNDS = 20000 };
    static struct {
        unsigned char *data;
        size_t bytes;
        unsigned seed;
    } blocks[BLOCKS];
    uint64_t state = 7;
    for (unsigned round = 0; round < ROUNDS; round++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        size_t k = (state >> 33) % BLOCKS, bytes = (state >> 43) % 600;
        size_t kept = blocks[k].bytes < bytes ? blocks[k].bytes : bytes;
        unsigned char *data = blocks[k].data;
        if (round % 3 == 0) {
            yaml_free(data);
            data = yaml_malloc(bytes);
        } else {
            data = yaml_realloc(data, bytes);
            cr_assert(holds(data, kept, blocks[k].seed), "round %u", round);
        }
        cr_assert((uintptr_t)data % 16 == 0);
        fill(data, bytes, round);
        blocks[k].data = data;
        blocks[k].bytes = bytes;
        blocks[k].seed = round;
    }
    for (size_t k = 0; k < BLOCKS; k++) {
        cr_expect(holds(blocks[k].data, blocks[k].bytes, blocks[k].seed));
        yaml_free(blocks[k].data);
    }
}

Test(yaml_memory, edges)
{
    yaml_free(NULL);
    cr_expect(yaml_strdup(NULL) == NULL);
    cr_expect(yaml_malloc(SIZE_MAX) == NULL);
    cr_expect(yaml_malloc(SIZE_MAX - 8) == NULL);
    void *data = yaml_malloc(1000);
    cr_expect(yaml_realloc(data, SIZE_MAX) == NULL);
    yaml_free(data);
    void *empty = yaml_malloc(0);
    cr_expect(empty != NULL);
    yaml_free(empty);
    unsigned char *copy = yaml_strdup((const unsigned char *)"caf\xc3\xa9");
    cr_expect_str_eq((const char *)copy, "caf\xc3\xa9");
    yaml_free(copy);
}

#endif
