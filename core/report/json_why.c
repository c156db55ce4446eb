/* Why a ranking changed, as JSON. */
#include "report/json_why.h"

static void put_players(struct json *json, const struct edits *edits)
{
    json_line(json, 2);
    json_key(json, "players");
    json_open(json, '[');
    for (unsigned p = 0; p < edits->n_players; p++) {
        json_line(json, 3);
        json_open(json, '{');
        json_pair(json, "name", edits->players[p].name);
        json_pair_count(json, "edits", edits->players[p].edits);
        json_pair_flag(json, "bound", edits->players[p].bound);
        json_key(json, "groups");
        json_open(json, '[');
        for (size_t k = 0; k < edits->n_groups; k++)
            if (edits->groups[k].bit == p)
                json_put_text(json, edits->groups[k].name);
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_shares(struct json *json, const char *key, const double *shares, unsigned count)
{
    json_key(json, key);
    json_open(json, '[');
    for (unsigned p = 0; shares && p < count; p++)
        json_put_number(json, shares[p]);
    json_close(json, ']');
}

static void put_row(struct json *json, const struct attribution_row *row, unsigned players)
{
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "id", row->id);
    json_pair_number(json, "score_before", row->score[0]);
    json_pair_number(json, "score_after", row->score[1]);
    json_pair_number(json, "rank_before", row->rank[0]);
    json_pair_number(json, "rank_after", row->rank[1]);
    put_shares(json, "score_shares", row->score_shares, players);
    put_shares(json, "rank_shares", row->rank_shares, players);
    json_pair(json, "trouble", row->trouble);
    json_close(json, '}');
}

static void put_merge(struct json *json, const struct attribution_merge *merge, unsigned players)
{
    json_line(json, 3);
    json_open(json, '{');
    json_pair(json, "name", merge->name);
    json_pair_count(json, "left_out", merge->left_out);
    json_key(json, "innovations");
    json_open(json, '[');
    for (size_t k = 0; k < merge->n_rows; k++)
        put_row(json, &merge->rows[k], players);
    json_close(json, ']');
    json_close(json, '}');
}

void json_why(struct json *json, const struct attribution *why)
{
    json_line(json, 1);
    json_key(json, "attribution");
    json_open(json, '{');
    json_pair(json, "trouble", why->trouble);
    json_pair_count(json, "mixtures", why->coalitions);
    json_pair_count(json, "loads", why->loads);
    json_pair_count(json, "plugin_runs", why->plugin_runs);
    put_players(json, &why->edits);
    json_line(json, 2);
    json_key(json, "merges");
    json_open(json, '[');
    for (size_t m = 0; m < why->n_merges && !why->trouble; m++)
        put_merge(json, &why->merges[m], why->edits.n_players);
    json_close(json, ']');
    json_close(json, '}');
}
