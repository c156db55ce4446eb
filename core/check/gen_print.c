/* A made-up model as YAML: see gen.h. */
#include <string.h>

#include "check/gen.h"

struct printing {
    bool documented;
    struct buffer *text;
    uint32_t line;
    bool failed;
};

static void put(struct printing *p, const char *text)
{
    p->failed |= buffer_append(p->text, text, strlen(text)) != 0;
    for (; *text; text++)
        p->line += *text == '\n';
}

static void put_indent(struct printing *p, unsigned depth)
{
    while (depth-- > 0)
        put(p, "  ");
}

static bool is_empty(const struct node *node)
{
    for (const struct node *child = node->first; child; child = child->next)
        if (!child->gone)
            return false;
    return true;
}

static void put_key(struct printing *p, const struct node *node)
{
    if (!node->key)
        return;
    put(p, node->key);
    put(p, ":");
}

/* Every value on a line of its own, in braces. */
static void put_lines(struct printing *p, struct node *node)
{
    node->line = p->line;
    put_key(p, node);
    put(p, " ");
    if (node->kind == NODE_SCALAR) {
        put(p, node->text);
        return;
    }
    put(p, node->kind == NODE_MAP ? "{\n" : "[\n");
    for (struct node *child = node->first; child; child = child->next)
        if (!child->gone) {
            put_lines(p, child);
            put(p, ",\n");
        }
    put(p, node->kind == NODE_MAP ? "}" : "]");
}

/* For people: a row on a line where its values are plain. */
static bool is_flat(const struct node *node)
{
    for (const struct node *child = node->first; child; child = child->next)
        if (!child->gone && child->kind != NODE_SCALAR)
            return false;
    return true;
}

static void put_flat(struct printing *p, const struct node *node)
{
    bool first = true;
    put(p, node->kind == NODE_MAP ? "{" : "[");
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->gone)
            continue;
        put(p, first ? "" : ", ");
        put_key(p, child);
        put(p, child->key ? " " : "");
        put(p, child->text);
        first = false;
    }
    put(p, node->kind == NODE_MAP ? "}" : "]");
}

/* "  # hours that it takes (hours_per_week); one of a, b" */
static void put_doc(struct printing *p, const struct gen_field *field)
{
    if (!p->documented || !field || !field->doc)
        return;
    put(p, "  # ");
    put(p, field->doc);
    if (field->unit && *field->unit) {
        put(p, field->unit[0] == 'r' && strcmp(field->unit, "row") == 0 ? ", in the row's unit"
                                                                        : ", in ");
        put(p, strcmp(field->unit, "row") == 0 ? "" : field->unit);
    }
    for (size_t k = 0; field->choices && field->choices[k]; k++) {
        put(p, k == 0 ? "; one of " : ", ");
        put(p, field->choices[k]);
    }
    put(p, field->read ? "" : " (needed beside the others)");
}

static void put_block(struct printing *p, const struct node *node, unsigned depth)
{
    bool first = true;
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->gone)
            continue;
        if (node->kind == NODE_LIST || !first)
            put_indent(p, depth);
        put(p, node->kind == NODE_LIST ? "- " : "");
        put_key(p, child);
        bool item = node->kind == NODE_LIST;
        if (child->kind == NODE_SCALAR) {
            put(p, item ? "" : " ");
            put(p, child->text);
            put_doc(p, child->field);
            put(p, "\n");
        } else if (is_empty(child) || (is_flat(child) && depth > 0 && !p->documented)) {
            put(p, item ? "" : " ");
            put_flat(p, child);
            put(p, "\n");
        } else if (item) {
            put_block(p, child, depth + 1);
        } else {
            put(p, "\n");
            put_indent(p, child->kind == NODE_MAP ? depth + 1 : 0);
            put_block(p, child, child->kind == NODE_MAP ? depth + 1 : depth);
        }
        first = false;
    }
}

int gen_print(struct node *root, enum gen_style style, struct buffer *text)
{
    struct printing p = {style == GEN_DOCUMENTED, text, 1, false};
    text->bytes = 0;
    if (style == GEN_LINES)
        put_lines(&p, root);
    else
        put_block(&p, root, 0);
    put(&p, style == GEN_LINES ? "\n" : "");
    return p.failed ? -1 : 0;
}
