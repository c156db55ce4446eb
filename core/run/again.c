/* The line that shows a failure again: see again.h. */
#include "run/again.h"

#include <string.h>

void again_word(FILE *out, const char *text)
{
    bool plain = *text && *text != '-';
    for (const char *at = text; *at && plain; at++)
        plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+:,@%",
                       *at) != NULL;
    if (!plain)
        fputc('\'', out);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    if (!plain)
        fputc('\'', out);
}

static bool reads_others(const struct plan_plugin *of)
{
    for (size_t k = 0; k < of->plugin->n_reads; k++)
        if (of->reads[k].provider != SIZE_MAX)
            return true;
    return false;
}

void again_line(const struct share *share, const char *innovation, const char *cause,
                char line[AGAIN_BYTES])
{
    const struct plan_plugin *of = share->of;
    bool denied = strncmp(cause, "it tried to ", 12) == 0 || strncmp(cause, "it made ", 8) == 0;
    *line = 0;
    FILE *out = fmemopen(line, AGAIN_BYTES, "w");
    if (!out)
        return;
    fputs("uptake run ", out);
    again_word(out, share->plan->spec->path);
    if (!reads_others(of)) {
        fputs(" --only ", out);
        again_word(out, of->spec->name);
    }
    if (innovation) {
        fputs(" --innovation ", out);
        again_word(out, innovation);
    }
    fputs(denied ? "" : " --in-process", out);
    fclose(out);
    line[AGAIN_BYTES - 1] = 0;
}
