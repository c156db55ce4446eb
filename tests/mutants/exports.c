/* exports: a function is seen by other bundles */
#define MORE                                                                                       \
    UPTAKE_EXPORT double helper(double x);                                                         \
    UPTAKE_EXPORT double helper(double x)                                                          \
    {                                                                                              \
        return x;                                                                                  \
    }
#include "base.h"
