/*
 * Names, texts and paths, by their grammar alone; whether a field exists is the model's to say.
 *
 *   PATH  = "@" QUANTITY | ["/"] STEP {"." STEP}    a path from the portfolio begins with a list
 *   STEP  = NAME ["[" [FILTER {"," FILTER}] "]"]
 *   FILTER = NAME SIGN VALUE                        SIGN: = != < <= > >=
 */
#include "plugin/describe.h"

static const char lower[] = "abcdefghijklmnopqrstuvwxyz0123456789";
/* A field's name: under `custom:` it is the user's own. */
static const char field[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

bool name_is_plain(const char *name, const char *further)
{
    if (!*name)
        return false;
    for (; *name; name++)
        if (!strchr(lower, *name) && !strchr(further, *name))
            return false;
    return true;
}

/* FIELD=VALUE, in at most that many bytes. */
static const char *filter_problem(const char *text, size_t bytes)
{
    for (; bytes && *text == ' '; bytes--)
        text++;
    size_t name = strspn(text, field);
    size_t sign = name < bytes ? strspn(text + name, "<>!=") : 0;
    if (name == 0 || sign == 0 || sign > 2 || name + sign >= bytes)
        return "expected FIELD=VALUE between its brackets";
    return NULL;
}

static const char *filters_problem(const char *text, size_t bytes)
{
    if (memchr(text, '[', bytes))
        return "a '[' stands between its brackets";
    while (bytes) {
        const char *comma = memchr(text, ',', bytes);
        size_t one = comma ? (size_t)(comma - text) : bytes;
        const char *problem = filter_problem(text, one);
        if (problem)
            return problem;
        if (comma && ++one == bytes)
            return "nothing stands behind the last ',' between its brackets";
        text += one;
        bytes -= one;
    }
    return NULL;
}

/* One step; *path goes behind it. */
static const char *step_problem(const char **path, bool *list)
{
    size_t name = strspn(*path, field);
    *path += name;
    *list = **path == '[';
    if (name == 0)
        return **path == 0 || **path == '.' || *list ? "a name in it is empty"
                                                     : "it holds a character that no path may hold";
    if (!*list)
        return NULL;
    const char *close = strchr(*path, ']');
    if (!close)
        return "a '[' in it has no ']'";
    const char *problem = filters_problem(*path + 1, (size_t)(close - *path - 1));
    *path = close + 1;
    return problem;
}

const char *path_problem(const char *path)
{
    if (*path == '@')
        return name_is_plain(path + 1, "-_") ? NULL
                                             : "expected the name of a quantity behind its '@'";
    bool from_portfolio = *path == '/';
    path += from_portfolio;
    for (bool first = true;; first = false) {
        bool list;
        const char *problem = step_problem(&path, &list);
        if (problem)
            return problem;
        if (first && from_portfolio && !list)
            return "expected a list behind its '/', such as /adopters[]";
        if (!*path)
            return NULL;
        if (*path++ != '.')
            return "it holds a character that no path may hold";
    }
}

bool name_is_printable(const char *text, size_t bytes, bool lines)
{
    for (size_t k = 0; k < bytes; k++) {
        unsigned char c = (unsigned char)text[k];
        unsigned char next = k + 1 < bytes ? (unsigned char)text[k + 1] : 0;
        if ((c < 0x20 && !(lines && c == '\n')) || c == 0x7f)
            return false;
        if (c == 0xc2 && next >= 0x80 && next < 0xa0)
            return false;
    }
    return true;
}
