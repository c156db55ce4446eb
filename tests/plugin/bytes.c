/*
 * A description's bytes are not to be believed: cut anywhere, changed anywhere, they give checked plugins or a
 * message. Each attempt lies in a block of its own size, so that a sanitizer sees a byte too far.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/describe.h"
#include "plugin/fixture.h"
#include "plugin/sound.h"

static unsigned char good[65536];
static size_t n_good;

static void describe_good(void)
{
    struct fixture f;
    struct bytes_out out = {.data = good, .room = sizeof good};
    fixture_start(&f);
    f.bundle.plugins.count = 2;
    cr_assert(describe_bundle(&f.bundle, &out, NULL) == 0);
    n_good = out.used;
}

/* 1: plugins, 0: a message, -1: neither. */
static int attempt(const unsigned char *bytes, size_t count)
{
    struct arena arena = {0};
    struct plugin_bundle bundle = {.path = "x.so"};
    struct uptake_error error = {0};
    unsigned char *own = malloc(count ? count : 1);
    cr_assert(own);
    if (count)
        memcpy(own, bytes, count);
    int result = descriptor_read(own, count, &arena, &bundle, &error);
    free(own);
    if (result == 0)
        for (size_t k = 0; k < bundle.n_plugins; k++)
            result = plugin_is_sound(&bundle.plugins[k]) ? result : -2;
    else if (error.count != 1 || !*error.text[0] || bundle.plugins)
        result = -2;
    arena_finish(&arena);
    return result == -2 ? -1 : result == 0;
}

Test(plugin_bytes, cut, .init = describe_good)
{
    cr_assert_eq(attempt(good, n_good), 1);
    for (size_t count = 0; count < n_good; count++)
        cr_expect_eq(attempt(good, count), 0, "cut after %zu bytes", count);
    cr_expect_eq(attempt(good, n_good + 1), 0, "one byte more");
}

Test(plugin_bytes, one_byte_changed, .init = describe_good)
{
    static const unsigned char masks[] = {0x01, 0x02, 0x10, 0x40, 0x80, 0xff};
    for (size_t k = 0; k < n_good; k++)
        for (size_t m = 0; m < sizeof masks; m++) {
            good[k] ^= masks[m];
            int result = attempt(good, n_good);
            good[k] ^= masks[m];
            cr_expect(result >= 0, "byte %zu, mask %#x", k, masks[m]);
        }
}

Test(plugin_bytes, many_changed, .init = describe_good)
{
    static unsigned char changed[sizeof good];
    uint64_t random = 88172645463325252U; /* xorshift64's own seed */
    for (int round = 0; round < 5000; round++) {
        memcpy(changed, good, n_good);
        for (int k = 0; k <= round % 7; k++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            changed[random % n_good] = (unsigned char)(random >> 56);
        }
        cr_expect(attempt(changed, n_good) >= 0, "round %d", round);
    }
}

Test(plugin_bytes, no_room)
{
    struct fixture f;
    struct uptake_error error = {0};
    unsigned char data[200];
    struct bytes_out out = {.data = data, .room = sizeof data};
    fixture_start(&f);
    cr_expect(describe_bundle(&f.bundle, &out, &error) == -1);
    cr_expect_str_eq(error.text[0], "the bundle: its description takes over 200 bytes");
}

Test(plugin_bytes, round_trip)
{
    struct fixture f;
    struct arena arena = {0};
    struct plugin_bundle bundle;
    struct uptake_error error = {0};
    fixture_start(&f);
    cr_assert(bundle_fixture_read(&f, &arena, &bundle, &error) == 0, "%s", error.text[0]);
    const struct plugin *p = &bundle.plugins[0];
    cr_expect(bundle.n_plugins == 1 && p->position == 0 && p->revision == 3 && p->properties == 1);
    cr_expect(p->n_reads == GOOD_READS && p->n_params == GOOD_PARAMS && p->n_writes == GOOD_WRITES);
    cr_expect(p->has_state && p->state_size_asked && p->params_bytes == f.plugin.params_bytes);
    cr_expect_str_eq(p->source, f.plugin.source);
    cr_expect_str_eq(p->summary, "A summary,\nin lines.");
    cr_expect(p->reads[0].flags == UPTAKE_DOUBT && p->reads[0].max == UPTAKE_NO_LIMIT);
    cr_expect(p->reads[0].choices == NULL && strcmp(p->reads[1].choices[1], "money") == 0 &&
              p->reads[1].choices[2] == NULL);
    cr_expect(p->params[4].text == NULL && strcmp(p->params[5].text, "2018-01") == 0);
    cr_expect(p->params[6].offset == f.params[6].offset && p->params[6].bytes == 16);
    cr_expect(p->writes[0].tolerance == 0.1 && p->writes[1].better == UPTAKE_LOWER);
    cr_expect(p->writes[0].rests_on.count == 2 &&
              ((const uint32_t *)p->writes[0].rests_on.rows)[1] == 1);
    cr_expect(p->writes[1].rests_on.count == 0 && p->writes[1].rests_on.rows == NULL);
    arena_finish(&arena);
}
