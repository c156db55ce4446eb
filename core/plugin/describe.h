/*
 * A descriptor as bytes. The writing side runs in the scanner's child, over memory that a stranger filled; the
 * reading side runs in the host, over bytes that a stranger may have written.
 */
#ifndef UPTAKE_PLUGIN_DESCRIBE_H
#define UPTAKE_PLUGIN_DESCRIBE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "plugin/bytes.h"
#include "plugin/plugin.h"
#include "plugin/spot.h"
#include "uptake/plugin.h"

/* Bounds of a description: counts, and bytes of texts. */
enum {
    PLUGINS_MAX = 1000,
    ROWS_MAX = 1000,
    CHOICES_MAX = 1000,
    STRUCT_BYTES_MAX = 65536, /* what a size or a stride may say before it is garbage */
    ID_BYTES = 64,
    NAME_BYTES = 64,
    PATH_BYTES = 256,
    UNIT_BYTES = 64,
    CHOICE_BYTES = 128,
    TEXT_BYTES = 4096,
    PARAMS_BYTES_MAX = 1 << 20,
    STATE_BYTES_MAX = 1 << 30
};

/* Which functions a plugin has. */
enum {
    HAS_STATE_SIZE = 1,
    HAS_PROCESS = 2,
    HAS_UPDATE = 4,
    HAS_COMBINE = 8,
    HAS_FINISH = 16,
    HAS_MERGE = 32,
    HAS_WHOLE_STATE = HAS_UPDATE | HAS_COMBINE | HAS_FINISH
};

/*
 * Child side: follows the pointers of a loaded bundle. Checks what must hold for that to be safe: sizes, counts,
 * strides, texts that are there and end. Fails with: the place and what was found; no room.
 */
int describe_bundle(const struct uptake_bundle *bundle, struct bytes_out *out,
                    struct uptake_error *error);

/*
 * Host side: makes checked plugins of the bytes (plugin_check, too). Every text is UTF-8 without control
 * characters. bundle: path and warning are given (and stay valid), the plugins are set. Owns: arena. Fails with:
 * the place and what was found.
 */
int descriptor_read(const void *bytes, size_t count, struct arena *arena,
                    struct plugin_bundle *bundle, struct uptake_error *error);

/* The rules that a descriptor must keep beyond its shape; position from 1, functions: HAS_... */
int plugin_check(const struct plugin *plugin, size_t position, unsigned functions,
                 struct arena *scratch, struct uptake_error *error);

int plugin_merge_check(const struct plugin_merge *merge, size_t position, unsigned functions,
                       struct arena *scratch, struct uptake_error *error);
/* What both have in common: id, version, params. */
int plugin_head_check(const struct plugin *plugin, const struct spot *spot, struct arena *scratch,
                      struct uptake_error *error);

/* The first text that stands twice (arena for sorting), NULL: none, or memory is out (*failed). */
const char *check_twice(const char *const *texts, size_t count, struct arena *scratch,
                        bool *failed);

/* What is wrong with a path, by the grammar alone; NULL: nothing. */
const char *path_problem(const char *path);

/* No control character (a terminal would obey it) but, where there may be several lines, a line's end. */
bool name_is_printable(const char *text, size_t bytes, bool lines);

/* Lower-case letters, digits, and the further characters; not empty. */
bool name_is_plain(const char *name, const char *further);

#endif
