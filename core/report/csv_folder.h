/* Tables of the CSV folder that have a file of their own. */
#ifndef UPTAKE_REPORT_CSV_FOLDER_H
#define UPTAKE_REPORT_CSV_FOLDER_H

#include "report/csv.h"

/* Every measure and merge of every innovation, without each scenario and with it. Fails with: out of memory. */
int csv_scenarios(struct csv *csv, struct view *without, struct uptake_error *error);
/* What each scenario changed, and what came of it. */
int csv_scenario_changes(struct csv *csv, struct view *view, struct uptake_error *error);

/* What rows rest on; the header alone where sources were not read. */
void csv_sources(struct csv *csv, const struct view *view);

#endif
