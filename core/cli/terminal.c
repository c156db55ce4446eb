/* Standard output and error, the terminal's width and colours, processors: see cli.h. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

enum { WIDTH_DEFAULT = 100, WIDTH_LEAST = 60, WIDTH_MOST = 400 };

/* --- How text is set --------------------------------------------------------------------------- */

static size_t clamp_width(long width)
{
    return (size_t)(width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width);
}

static size_t width_of(bool terminal)
{
    const char *columns = getenv("COLUMNS");
    char *end = NULL;
    long given = columns ? strtol(columns, &end, 10) : 0;
    struct winsize size;
    if (given > 0 && *end == '\0')
        return clamp_width(given);
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return clamp_width(size.ws_col);
    return WIDTH_DEFAULT;
}

static bool wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return !(no_colour && no_colour[0]) && terminal && terminal[0] && strcmp(terminal, "dumb") != 0;
}

/* By the rule of POSIX: the first of these that is not empty names the character set. */
static bool shows_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *locale = getenv(names[k]);
        if (locale && locale[0])
            return strcasestr(locale, "utf-8") || strcasestr(locale, "utf8");
    }
    return false;
}

/* A file is read elsewhere, where UTF-8 is what text is. */
struct report_style terminal_style(bool to_file)
{
    bool terminal = !to_file && isatty(STDOUT_FILENO);
    return (struct report_style){.width = width_of(terminal),
                                 .colour = terminal && wants_colour(),
                                 .ascii = !to_file && !shows_utf8()};
}

int terminal_jobs(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}

/* --- Messages ---------------------------------------------------------------------------------- */

void terminal_messages(const struct uptake_error *error)
{
    for (uint32_t k = 0; k < error->count; k++)
        fprintf(stderr, "%s\n", error->text[k]);
    if (error->more > 0)
        fprintf(stderr, "... and %u more\n", error->more);
}

void terminal_say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
}

/* --- Standard output --------------------------------------------------------------------------- */

void terminal_open(struct report_out *out)
{
    out_start(out, STDOUT_FILENO, "standard output");
}

/* Where SIGPIPE was ignored the write fails instead: the end is to be the same. */
static void die_of_pipe(void)
{
    sigset_t set;
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(SIGPIPE);
}

int terminal_close(struct report_out *out, int code, struct uptake_error *error)
{
    struct uptake_error ignored = {0};
    bool failed = out_finish(out, out->broken_pipe ? &ignored : error) != 0;
    if (out->broken_pipe)
        die_of_pipe();
    return failed ? EXIT_MACHINE : code;
}
