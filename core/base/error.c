/* Errors: see error.h. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { NAME_MOST = 300 }; /* bytes of a path in a message: the rest is for what is said of it */

static char *next_text(struct uptake_error *error, int exit_code)
{
    if (!error)
        return NULL;
    if (error->count == 0)
        error->exit_code = exit_code;
    if (error->count == ERROR_MESSAGES) {
        error->more++;
        return NULL;
    }
    return error->text[error->count++];
}

/* The end of a long path says more than its beginning. */
static const char *fit(const char *name, char room[NAME_MOST + 4])
{
    size_t bytes = strlen(name);
    if (bytes <= NAME_MOST)
        return name;
    snprintf(room, NAME_MOST + 4, "...%s", name + bytes - NAME_MOST);
    return room;
}

/* Names of files and values come from outside. wanted: what the whole message takes. */
static void settle(char *text, int wanted)
{
    if (wanted >= ERROR_BYTES)
        memcpy(text + ERROR_BYTES - 4, "...", 4);
    text_make_visible(text);
}

int error_add(struct uptake_error *error, int exit_code, const char *format, ...)
{
    char *text = next_text(error, exit_code);
    if (text) {
        va_list values;
        va_start(values, format);
        settle(text, vsnprintf(text, ERROR_BYTES, format, values));
        va_end(values);
    }
    return -1;
}

int error_at(struct uptake_error *error, struct place place, const char *format, ...)
{
    char *text = next_text(error, EXIT_INPUT);
    if (text) {
        char room[NAME_MOST + 4];
        const char *file = fit(place.file, room);
        int used = place.line
                       ? snprintf(text, ERROR_BYTES, "%s:%u:%u: ", file, place.line, place.column)
                       : snprintf(text, ERROR_BYTES, "%s: ", file);
        va_list values;
        va_start(values, format);
        settle(text, used + vsnprintf(text + used, (size_t)(ERROR_BYTES - used), format, values));
        va_end(values);
    }
    return -1;
}

static bool machine_failed(int code)
{
    static const int codes[] = {ENOMEM, ENOSPC, EIO, EMFILE, ENFILE, EAGAIN, EDQUOT, EFBIG};
    for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
        if (codes[k] == code)
            return true;
    return false;
}

int error_errno(struct uptake_error *error, const char *verb, const char *what)
{
    int code = errno;
    char room[NAME_MOST + 4];
    return error_add(error, machine_failed(code) ? EXIT_MACHINE : EXIT_INPUT, "cannot %s %s: %s",
                     verb, *what ? fit(what, room) : "''", strerror(code));
}

int error_memory(struct uptake_error *error)
{
    return error_add(error, EXIT_MACHINE, "out of memory");
}

bool error_full(const struct uptake_error *error)
{
    return error && error->count == ERROR_MESSAGES;
}
