/* Value functions: see curve.h. Points are few: a line is looked for from the first on. */
#include "merge/curve.h"

#include <math.h>

static double on_line(const double *from, double x)
{
    double share = (x - from[0]) / (from[2] - from[0]);
    return from[1] + share * (from[3] - from[1]);
}

double curve_at(const struct merge_curve *curve, double x)
{
    const double *first = curve->points, *last = first + 2 * (curve->count - 1);
    if (isnan(x))
        return x;
    if (x <= first[0] && !curve->extends)
        return first[1];
    if (x >= last[0] && !curve->extends)
        return last[1];
    const double *line = first;
    while (line + 2 < last && x > line[2])
        line += 2;
    return x == line[2] ? line[3] : on_line(line, x);
}

static void widen(double worth, double *least, double *most)
{
    *least = worth < *least ? worth : *least;
    *most = worth > *most ? worth : *most;
}

void curve_range(const struct merge_curve *curve, double low, double high, double *least,
                 double *most)
{
    *least = *most = curve_at(curve, low);
    if (isnan(low) || isnan(high)) {
        *least = *most = (double)NAN;
        return;
    }
    widen(curve_at(curve, high), least, most);
    for (size_t k = 0; k < curve->count; k++)
        if (curve->points[2 * k] > low && curve->points[2 * k] < high)
            widen(curve->points[2 * k + 1], least, most);
}
