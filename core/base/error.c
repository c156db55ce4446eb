/* Errors: see error.h. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

int error_add(struct uptake_error *error, int exit_code, const char *format, ...)
{
    char *text = next_text(error, exit_code);
    if (text) {
        va_list values;
        va_start(values, format);
        vsnprintf(text, ERROR_BYTES, format, values);
        va_end(values);
    }
    return -1;
}

int error_at(struct uptake_error *error, struct place place, const char *format, ...)
{
    char *text = next_text(error, EXIT_INPUT);
    if (text) {
        int used = place.line ? snprintf(text, ERROR_BYTES, "%s:%u:%u: ", place.file, place.line,
                                         place.column)
                              : snprintf(text, ERROR_BYTES, "%s: ", place.file);
        if (used < 0 || used >= ERROR_BYTES)
            used = ERROR_BYTES - 1;
        va_list values;
        va_start(values, format);
        vsnprintf(text + used, (size_t)(ERROR_BYTES - used), format, values);
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
    return error_add(error, machine_failed(code) ? EXIT_MACHINE : EXIT_INPUT, "cannot %s %s: %s",
                     verb, what, strerror(code));
}

int error_memory(struct uptake_error *error)
{
    return error_add(error, EXIT_MACHINE, "out of memory");
}

bool error_full(const struct uptake_error *error)
{
    return error && error->count == ERROR_MESSAGES;
}
