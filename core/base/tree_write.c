/* A tree as YAML again: block style, a value a line; what was plain is plain, everything else is quoted. */
#include <string.h>

#include "base/yaml.h"

/* What cannot stand in quotes as it is. The reader lets through no other control characters. */
static void put_quoted(FILE *out, const char *text, size_t bytes)
{
    fputc('"', out);
    for (size_t k = 0; k < bytes; k++) {
        unsigned char c = (unsigned char)text[k];
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(out, "\\x%02x", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static void put_scalar(FILE *out, const struct tree *tree)
{
    if (tree->plain && !memchr(tree->text, '\n', tree->bytes))
        fwrite(tree->text, 1, tree->bytes, out);
    else
        put_quoted(out, tree->text, tree->bytes);
}

static void put_value(FILE *out, const struct tree *tree, int depth);

static void put_indent(FILE *out, int depth)
{
    fprintf(out, "\n%*s", depth, "");
}

static void put_map(FILE *out, const struct tree *tree, int depth)
{
    for (size_t k = 0; k < tree->count; k++) {
        put_indent(out, depth);
        put_scalar(out, &tree->keys[k]);
        fputc(':', out);
        put_value(out, &tree->values[k], depth + 1);
    }
}

static void put_list(FILE *out, const struct tree *tree, int depth)
{
    for (size_t k = 0; k < tree->count; k++) {
        put_indent(out, depth);
        fputc('-', out);
        put_value(out, &tree->values[k], depth + 1);
    }
}

static void put_value(FILE *out, const struct tree *tree, int depth)
{
    if (tree->kind == YAML_SCALAR || tree->count == 0) {
        fputc(' ', out);
        if (tree->kind == YAML_SCALAR)
            put_scalar(out, tree);
        else
            fputs(tree->kind == YAML_MAP ? "{}" : "[]", out);
        return;
    }
    (tree->kind == YAML_MAP ? put_map : put_list)(out, tree, depth);
}

int tree_write(const struct tree *tree, FILE *out)
{
    put_value(out, tree, 0);
    fputc('\n', out);
    return ferror(out) ? -1 : 0;
}
