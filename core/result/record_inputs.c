/*
 * What went into a run: the spec, the model and what it includes, the bundles; each with the SHA-256 of its bytes, and the
 * texts themselves where they are not too large. A file of the model that is another by now is an error: a record must not
 * name what was not read.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/text.h"
#include "result/record_internal.h"

struct input {
    const char *kind;
    const char *path;
    const struct file_version *version; /* as it was read; NULL: not known */
};

static int read_all(int file, struct buffer *into, uint64_t bytes)
{
    while (into->bytes < bytes) {
        size_t more = 1 << 20;
        if (buffer_reserve(into, more) != 0)
            return -1;
        ssize_t got = read(file, into->data + into->bytes, more);
        if (got < 0 && errno != EINTR)
            return -1;
        if (got == 0)
            break;
        into->bytes += got > 0 ? (size_t)got : 0;
    }
    return 0;
}

static int changed(const struct input *input, struct uptake_error *error)
{
    return error_add(error, EXIT_INPUT,
                     "%s: it changed while the run was under way, so there is no record; run again",
                     input->path);
}

/* The hash, and (kept) the text of an open file. */
static int take(const struct input *input, int file, const struct stat *about, char hash[HASH_HEX],
                struct buffer *text, struct uptake_error *error)
{
    struct file_version version = file_version(about);
    if (input->version && !file_version_equal(*input->version, version))
        return changed(input, error);
    if (about->st_size > RECORD_TEXT_MOST || strcmp(input->kind, "bundle") == 0)
        return hash_file(input->path, hash, error);
    if (read_all(file, text, (uint64_t)about->st_size + 1) != 0)
        return error_errno(error, "read", input->path);
    if (text->bytes != (uint64_t)about->st_size)
        return changed(input, error);
    unsigned char digest[HASH_BYTES];
    hash_bytes(text->data, text->bytes, digest);
    hash_print(digest, hash);
    return 0;
}

static int save_input(struct record_saver *saver, struct statement *insert, uint64_t number,
                      const struct input *input)
{
    struct stat about;
    struct buffer text = {0};
    char hash[HASH_HEX] = "";
    int file = open(input->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 || fstat(file, &about) != 0) {
        if (file >= 0)
            close(file);
        return error_errno(saver->error, "read", input->path);
    }
    int failed = take(input, file, &about, hash, &text, saver->error);
    close(file);
    bool kept = !failed && text.data && text_is_utf8(text.data, text.bytes) &&
                !memchr(text.data, 0, text.bytes);
    struct database_value content = value_text(kept ? text.data : NULL);
    content.bytes = (int32_t)text.bytes;
    if (!failed)
        STATEMENT_PUT(insert, value_count(number), value_text(input->kind), value_text(input->path),
                      value_text(hash), value_count((uint64_t)about.st_size), content);
    buffer_finish(&text);
    return failed;
}

static bool seen(const struct result *result, size_t p)
{
    for (size_t k = 0; k < p; k++)
        if (strcmp(result->plugins[k].plugin->bundle, result->plugins[p].plugin->bundle) == 0)
            return true;
    return false;
}

int record_inputs(struct record_saver *saver)
{
    const struct result *result = saver->result;
    const struct model *model = result->model;
    const struct input spec = {"spec", result->spec_path, NULL};
    uint64_t number = 0;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO inputs VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    int failed = save_input(saver, insert, number++, &spec);
    for (size_t k = 0; k < model->n_files && !failed; k++) {
        const struct input file = {k == 0 ? "model" : "include", model->files[k].path,
                                   &model->files[k].version};
        failed = save_input(saver, insert, number++, &file);
    }
    for (size_t p = 0; p < result->n_plugins && !failed; p++) {
        const struct input bundle = {"bundle", result->plugins[p].plugin->bundle, NULL};
        if (!seen(result, p))
            failed = save_input(saver, insert, number++, &bundle);
    }
    statement_close(insert);
    return failed;
}
