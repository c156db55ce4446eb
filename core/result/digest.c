/* What a plugin answered, as a hash: see digest.h. */
#include "result/digest.h"

#include <string.h>

static void add_text(struct hash *hash, const char *text)
{
    hash_add(hash, text, strlen(text) + 1);
}

static void add_texts(struct hash *hash, const struct result_plugin *plugin,
                      const struct result_column *column)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    for (uint64_t row = 0; row < column->rows; row++) {
        size_t bytes = result_text(plugin, column, row, text);
        hash_add(hash, text, bytes + 1);
    }
}

static void add_column(struct hash *hash, const struct result_plugin *plugin,
                       const struct result_column *column)
{
    size_t bytes = column->rows * sizeof *column->values;
    add_text(hash, column->write->name);
    hash_add(hash, &column->rows, sizeof column->rows);
    if (column->values)
        hash_add(hash, column->values, bytes);
    else if (column->codes)
        hash_add(hash, column->codes, column->rows * sizeof *column->codes);
    else
        add_texts(hash, plugin, column);
    if (column->low && column->high) {
        hash_add(hash, column->low, bytes);
        hash_add(hash, column->high, bytes);
    }
}

void digest_values(const struct result_plugin *plugin, uint64_t innovations, char hex[HASH_HEX])
{
    struct hash hash;
    char text[UPTAKE_TEXT_BYTES + 32];
    hash_start(&hash);
    for (size_t w = 0; w < plugin->n_columns; w++)
        add_column(&hash, plugin, &plugin->columns[w]);
    for (uint64_t i = 0; i < innovations; i++) {
        if (plugin->states[i] == RESULT_OK)
            continue;
        hash_add(&hash, &i, sizeof i);
        result_status_text(plugin, i, text);
        add_text(&hash, text);
    }
    hash_end(&hash, hex);
}

void digest_finding(struct hash *hash, const struct model *model, const struct result_note *note,
                    const char *text)
{
    const uint64_t where[] = {note->innovation, note->row, (uint64_t)note->level};
    char block[sizeof where + UPTAKE_TEXT_BYTES + 1];
    size_t bytes = strlen(text) + 1;
    memcpy(block, where, sizeof where);
    memcpy(block + sizeof where, text, bytes);
    hash_add(hash, block, sizeof where + bytes);
    if (note->table != MODEL_NO_TABLE)
        add_text(hash, model->tables[note->table].path);
}
