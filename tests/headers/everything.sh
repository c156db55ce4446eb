#!/bin/sh
# everything.sh COMPILER STANDARD INCLUDE SOURCE: compiles the source without a warning, and runs it.
set -eu

program=$(mktemp)
trap 'rm -f "$program"' EXIT
set -- "$1" "$2" "$3" "$4" -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wundef \
    -Wdouble-promotion -Wformat=2 -Wcast-align
case $2 in
c++*) set -- "$@" -Wnon-virtual-dtor ;;
*) set -- "$@" -Wstrict-prototypes -Wmissing-prototypes -Wvla ;;
esac
compiler=$1 standard=$2 include=$3 source=$4
shift 4
"$compiler" "-std=$standard" "$@" -I"$include" "$source" -o "$program" -lm
"$program"
