#!/bin/sh
# refused.sh COMPILER STANDARD LANGUAGE INCLUDE: what a plugin's author can get wrong in a row is an error
# of the compiler. Each case compiles as it should be, and does not with one word changed.
set -eu

compiler=$1 standard=$2 language=$3 include=$4
failures=0

compiles() {
    printf '#include "uptake/plugin.h"\n%s\n' "$1" |
        "$compiler" "-std=$standard" -x "$language" -I"$include" -Wall -Wextra -Werror \
            -Wno-unused-variable -Wno-unused-const-variable -Wno-unused-function -fsyntax-only - 2>&1
}

# refuse RIGHT WRONG: the source with @ as RIGHT compiles, with @ as WRONG it does not.
refuse() {
    source=$3
    right=$(printf '%s' "$source" | sed "s/@/$1/")
    wrong=$(printf '%s' "$source" | sed "s/@/$2/")
    report=$(compiles "$right") || {
        printf 'refused as it should be: %s\n%s\n' "$right" "$report"
        failures=$((failures + 1))
    }
    if compiles "$wrong" >/dev/null; then
        printf 'accepted: %s\n' "$wrong"
        failures=$((failures + 1))
    fi
}

row='const struct uptake_param row ='
tail='static const char *const c[] = {"a", "b", NULL};'
refuse double int "struct p { @ x; }; $row UPTAKE_PARAM_NUMBER(struct p, x, 0, 0, 1, \"\", \"\");"
refuse double float "struct p { @ x; }; $row UPTAKE_PARAM_NUMBER(struct p, x, 0, 0, 1, \"\", \"\");"
refuse x y "struct p { double x; }; $row UPTAKE_PARAM_NUMBER(struct p, @, 0, 0, 1, \"\", \"\");"
refuse int64_t int32_t "struct p { @ x; }; $row UPTAKE_PARAM_INTEGER(struct p, x, 0, 0, 1, \"\", \"\");"
refuse int8_t int "struct p { @ x; }; $row UPTAKE_PARAM_FLAG(struct p, x, 0, \"\");"
refuse int32_t int8_t "$tail struct p { @ x; }; $row UPTAKE_PARAM_CHOICE(struct p, x, 0, c, \"\");"
refuse 'const char \*x' 'char x[8]' "struct p { @; }; $row UPTAKE_PARAM_TEXT(struct p, x, \"\", \"\");"
refuse 'struct uptake_period' int32_t "struct p { @ x; }; $row UPTAKE_PARAM_DATE(struct p, x, \"\", \"\");"
refuse 'double x[2]' 'float x[2]' \
    "$tail struct p { @; }; $row UPTAKE_PARAM_TABLE(struct p, x, 0, 0, 1, \"\", c, \"\");"
refuse 'double x[2]' 'double x' \
    "$tail struct p { @; }; $row UPTAKE_PARAM_TABLE(struct p, x, 0, 0, 1, \"\", c, \"\");"
refuse '%s' '%d' 'void f(struct uptake_call *c); void f(struct uptake_call *c) { uptake_skip(c, 0, "@", "x"); }'
refuse '0, "x"' '"x"' 'void f(struct uptake_call *c); void f(struct uptake_call *c) { uptake_skip(c, @); }'

[ "$failures" -eq 0 ]
