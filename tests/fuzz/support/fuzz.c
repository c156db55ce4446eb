/* See fuzz.h. */
#include "../fuzz.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"
#include "plugin/child.h"
#include "plugin/describe.h"

void fuzz_broken(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fprintf(stderr, "broken: ");
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
    abort();
}

void fuzz_expect_said(const char *stage, int failed, const struct uptake_error *error)
{
    if (!failed)
        fuzz_expect(error->count == 0, "%s went well, and yet said: %s", stage, error->text[0]);
    else
        fuzz_expect(error->count > 0 && *error->text[0] && error->exit_code == EXIT_INPUT,
                    "%s failed with %u messages, exit %d: %s", stage, error->count,
                    error->exit_code, error->text[0]);
    fuzz_expect_texts(stage, error);
}

void fuzz_expect_texts(const char *stage, const struct uptake_error *error)
{
    for (uint32_t k = 0; k < error->count; k++) {
        size_t bytes = strlen(error->text[k]);
        fuzz_expect(text_is_utf8(error->text[k], bytes), "%s: a message is not UTF-8: %s", stage,
                    error->text[k]);
        fuzz_expect(name_is_printable(error->text[k], bytes, false),
                    "%s: a message holds a control character: %s", stage, error->text[k]);
    }
}

/* --- Inputs ----------------------------------------------------------------------------------- */

static const uint8_t *find_mark(const uint8_t *data, const uint8_t *end)
{
    return data < end ? memmem(data, (size_t)(end - data), "\n====", 5) : NULL;
}

size_t fuzz_parts(const uint8_t *data, size_t size, struct part *parts, size_t most)
{
    const uint8_t *end = data + size, *at = data;
    size_t count = 0;
    parts[0] = (struct part){.word = ""};
    while (count < most) {
        const uint8_t *mark = count + 1 < most ? find_mark(at, end) : NULL;
        parts[count].data = at;
        parts[count++].size = (size_t)((mark ? mark + 1 : end) - at);
        if (!mark)
            break;
        const uint8_t *word = mark + 5;
        const uint8_t *line = memchr(word, '\n', (size_t)(end - word));
        at = line ? line + 1 : end;
        parts[count].word = (const char *)word;
        parts[count].word_bytes = (size_t)((line ? line : end) - word);
    }
    return count;
}

bool fuzz_word_has(const struct part *part, char letter)
{
    return part->word_bytes && memchr(part->word, letter, part->word_bytes);
}

const char *fuzz_file(enum fuzz_place place, const void *bytes, size_t size)
{
    static int files[FUZZ_PLACES];
    static char paths[FUZZ_PLACES][32];
    if (!files[place]) {
        files[place] = memfd_create("input", MFD_CLOEXEC);
        snprintf(paths[place], sizeof paths[place], "/proc/self/fd/%d", files[place]);
    }
    fuzz_expect(ftruncate(files[place], 0) == 0 &&
                    pwrite(files[place], bytes, size, 0) == (ssize_t)size,
                "an input cannot be written");
    return paths[place];
}

const char *fuzz_source(const char *path, size_t *bytes)
{
    enum { MOST = 1 << 20 };
    char where[4096];
    char *text = malloc(MOST);
    snprintf(where, sizeof where, "%s/%s", FUZZ_ROOT, path);
    FILE *file = fopen(where, "re");
    fuzz_expect(file && text, "cannot read %s", where);
    *bytes = fread(text, 1, MOST, file);
    fclose(file);
    return text;
}

/* --- Plugins ---------------------------------------------------------------------------------- */

static void describe(const char *id, struct arena *arena, struct plugin *plugin)
{
    static unsigned char data[1 << 16];
    const struct uptake_bundle *loaded;
    struct bytes_out out = {.data = data, .room = sizeof data};
    struct uptake_error error = {0};
    struct plugin_bundle bundle = {.path = arena_format(arena, "%s/%s.so", FUZZ_PLUGINS, id)};
    struct plugin file = {.bundle = bundle.path};
    fuzz_expect(plugin_load(&file, &loaded, &error) == 0 &&
                    describe_bundle(loaded, &out, &error) == 0 &&
                    descriptor_read(data, out.used, arena, &bundle, &error) == 0,
                "%s: %s", id, error.text[0]);
    *plugin = bundle.plugins[0];
}

size_t fuzz_plugins(const struct plugin **plugins)
{
    static const char *const ids[] = {"spread-barriers", "adopter-support", "commissioning-fit",
                                      "vehicle"};
    enum { COUNT = sizeof ids / sizeof *ids };
    static struct plugin all[COUNT];
    static struct arena arena;
    for (size_t k = 0; k < COUNT && !all[k].id; k++)
        describe(ids[k], &arena, &all[k]);
    *plugins = all;
    return COUNT;
}

/* --- Outputs ---------------------------------------------------------------------------------- */

static struct report_out out;
static char *written;

struct report_out *fuzz_out(void)
{
    static int file;
    if (!file)
        file = memfd_create("output", MFD_CLOEXEC);
    fuzz_expect(ftruncate(file, 0) == 0 && lseek(file, 0, SEEK_SET) == 0, "no output");
    out_start(&out, file, "the output");
    return &out;
}

const char *fuzz_output(size_t *bytes)
{
    struct uptake_error error = {0};
    fuzz_expect(out_flush(&out, &error) == 0, "%s", error.text[0]);
    *bytes = (size_t)lseek(out.fd, 0, SEEK_CUR);
    free(written);
    written = malloc(*bytes + 1);
    fuzz_expect(written && pread(out.fd, written, *bytes, 0) == (ssize_t)*bytes,
                "an output cannot be read");
    written[*bytes] = 0;
    return written;
}

void fuzz_expect_printable(const char *what)
{
    size_t bytes;
    const char *text = fuzz_output(&bytes);
    fuzz_expect(text_is_utf8(text, bytes), "%s is not UTF-8", what);
    fuzz_expect(name_is_printable(text, bytes, true), "%s holds a control character", what);
}

void fuzz_expect_json(const char *what)
{
    size_t bytes;
    const char *text = fuzz_output(&bytes);
    json_error_t error;
    json_t *json = json_loadb(text, bytes, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    fuzz_expect(json, "%s is no JSON, at %d:%d: %s", what, error.line, error.column, error.text);
    json_decref(json);
}
