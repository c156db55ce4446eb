/* The functions behind the rows of methods.c: see struct merge_method. Not for other folders. */
#ifndef UPTAKE_MERGE_METHODS_H
#define UPTAKE_MERGE_METHODS_H

#include "merge/score.h"

/* methods_sum.c: sums and products. */
void weighted_sum_rows(const struct score_block *block, const double *const *z, double *score);
double weighted_sum_contribution(double z, double weight, double score);
void minimum_rows(const struct score_block *block, const double *const *z, double *score);
double minimum_contribution(double z, double weight, double score);
double weighted_product_one(const struct score_row *row);
double weighted_product_contribution(double z, double weight, double score);
double waspas_one(const struct score_row *row);
double comb_mnz_one(const struct score_row *row);
double moora_ratio_one(const struct score_row *row);
double moora_multiplicative_one(const struct score_row *row);
int moora_multiplicative_prepare(struct grid *grid, struct uptake_error *error);

/* methods_order.c: of one innovation's values in order. */
double median_one(const struct score_row *row);
double trimmed_mean_one(const struct score_row *row);
int owa_prepare(struct grid *grid, struct uptake_error *error);
double owa_one(const struct score_row *row);

/* methods_distance.c: how far from the best there is. */
void topsis_rows(const struct score_block *block, const double *const *z, double *score);
double spotis_one(const struct score_row *row);
double spotis_contribution(double z, double weight, double score);
double rim_one(const struct score_row *row);
double moora_reference_one(const struct score_row *row);
double aras_one(const struct score_row *row);

/* pooled.c */
int pooled_prepare(struct grid *grid, struct uptake_error *error);
double pooled_fixed_one(const struct score_row *row);
double pooled_random_one(const struct score_row *row);

/* Those that need all innovations at once: methods_matrix.c, methods_versus.c, promethee.c, schulze.c, kemeny.c. */
typedef int merge_whole(const struct grid *grid, const struct score_columns *scores,
                        struct uptake_error *error);
merge_whole vikor_score, copras_score, edas_score, mabac_score, codas_score, electre_score,
    reciprocal_score, copeland_score, pareto_score, promethee_score, schulze_score, kemeny_score;

#endif
