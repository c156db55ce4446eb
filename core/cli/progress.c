/* Progress: see progress.h. */
#include "cli/progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"

/* Reading tells nothing on its way: of a large model it is said beforehand. */
enum { LARGE_BYTES = 16 << 20, LINE_BYTES = 400 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool is_large(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && about.st_size > LARGE_BYTES;
}

static void put(struct progress *progress, const char *stage, const char *what, double share)
{
    char line[LINE_BYTES], percent[16] = "";
    if (!isnan(share))
        snprintf(percent, sizeof percent, ": %.0f %%", 100 * share);
    int bytes = snprintf(line, sizeof line, "uptake: %s %.200s%s", stage, what, percent);
    size_t fits = text_fit(line, bytes < 0 ? 0 : strlen(line), progress->width - 1);
    fprintf(stderr, "\r\033[K%.*s", (int)fits, line);
    fflush(stderr);
}

static void show(void *user, const char *stage, const char *what, double share)
{
    struct progress *progress = user;
    double at = now();
    bool reading = strcmp(stage, "reading") == 0;
    bool due = at - progress->started > 1 && at - progress->shown_at > 0.1;
    if (!due && !(reading && is_large(what)))
        return;
    put(progress, stage, what, share);
    progress->shown_at = at;
}

/* Where colours go is no matter here: only whether a line can be rewritten. */
const struct run_progress *progress_start(struct progress *progress)
{
    const char *terminal = getenv("TERM");
    struct winsize size = {.ws_col = 0};
    *progress = (struct progress){.teller = {show, progress}, .started = now(), .width = 80};
    if (!isatty(STDERR_FILENO) || !terminal || !terminal[0] || strcmp(terminal, "dumb") == 0)
        return NULL;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
        progress->width = size.ws_col;
    return &progress->teller;
}

void progress_end(struct progress *progress)
{
    if (progress->shown_at > 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    progress->shown_at = 0;
}
