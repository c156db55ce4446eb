/*
 * What the loader refuses, and in which words and at which place; and what stands near to it and
 * is fine. Each text is loaded as for a run, and as for a check, which accepts what a run cannot
 * do yet.
 */
#include <stdio.h>
#include <string.h>

#include "model/fixture.h"

#define WHOLE NULL
#define SAME NULL

/* top: before the innovations; WHOLE: fields is the whole file. run, check: the messages, a line
 * each; "": it loads. The first field of an innovation stands in column 20. */
static const struct {
    const char *name;
    const char *top;
    const char *fields;
    const char *run;
    const char *check;
} cases[] = {
    {"empty document", WHOLE, "# nothing\n",
     "m.yaml: is empty; expected at least 'uptake: 1' and 'innovations:'", SAME},
    {"a list at the top", WHOLE, "- a\n",
     "m.yaml:1:1: expected a model: 'uptake: 1' and 'innovations:' at the top", SAME},
    {"a scalar at the top", WHOLE, "hello\n",
     "m.yaml:1:1: expected a model: 'uptake: 1' and 'innovations:' at the top", SAME},
    {"no format", WHOLE, "innovations: [{id: a, name: A}]\n",
     "m.yaml: 'uptake: 1' is missing (the format's number)", SAME},
    {"another format", WHOLE,
     "uptake: 2\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:1:9: uptake: found '2'; this version reads format 1", SAME},
    {"format is a list", WHOLE,
     "uptake: [1]\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:1:9: uptake: expected the number of the format, 1", SAME},
    {"no innovations", WHOLE, "uptake: 1\n", "m.yaml: has no innovations", SAME},
    {"no rows of innovations", WHOLE,
     "uptake: 1\n"
     "innovations: []\n",
     "m.yaml: has no innovations", SAME},
    {"innovations: none", WHOLE,
     "uptake: 1\n"
     "innovations: none\n",
     "m.yaml: has no innovations", SAME},
    {"innovations as a mapping", WHOLE,
     "uptake: 1\n"
     "innovations: {id: a, name: A}\n",
     "m.yaml:2:14: innovations: expected a list; begin each row with '- '", SAME},
    {"innovation as a text", WHOLE,
     "uptake: 1\n"
     "innovations: [a]\n",
     "m.yaml:2:15: innovations: expected a row of fields, such as {id: ...}", SAME},
    {"second document", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a, name: A}]\n"
     "---\n"
     "uptake: 1\n",
     "m.yaml:3:1: a second document starts here; one file holds one document", SAME},
    {"tag", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: !!str a, name: A}]\n",
     "m.yaml:2:20: found the tag 'tag:yaml.org,2002:str'; tags are not read, remove "
     "it",
     SAME},
    {"merge key", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a, name: A, <<: {}}]\n",
     "m.yaml:2:32: merge keys ('<<') are not read; repeat the fields, or use an alia"
     "s for a whole value",
     SAME},
    {"tab", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "\t- id: a\n",
     "m.yaml:3:1: not valid YAML: a value cannot start with this character (a tab, '"
     "@', '`' or '%'); indent with spaces, or put the text in quotes",
     SAME},
    {"unclosed", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a, name: A\n",
     "m.yaml:3:1: not valid YAML: did not find expected ',' or '}', while parsing a "
     "flow mapping (which began at line 2)",
     SAME},
    {"a path without quotes", WHOLE,
     "uptake: 1\n"
     "rules: [{id: r, scheme: s, source: s, starts: 2024,\n"
     "  all: [{field: levers[kind=grant].name, exists: true}]}]\n",
     "m.yaml:3:23: not valid YAML: did not find expected ',' or '}', while parsing a flow mapping "
     "(which began at line 3); a text with [ ] { } or a comma in it stands in quotes there",
     SAME},
    {"escaped NUL", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a, name: \"A\\0B\"}]\n",
     "m.yaml:2:29: found an escaped NUL character; remove it", SAME},
    {"escaped NUL in an id", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: \"a\\0\", name: A}]\n",
     "m.yaml:2:20: found an escaped NUL character; remove it", SAME},
    {"title is a list", WHOLE,
     "uptake: 1\n"
     "title: [a]\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:2:8: title: expected a text", SAME},
    {"note at the top is a mapping", WHOLE,
     "uptake: 1\n"
     "note: {a: b}\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:2:7: note: expected a text", SAME},
    {"unknown top key", WHOLE,
     "uptake: 1\n"
     "inovations: []\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:2:1: unknown field 'inovations' in the model; did you mean 'innovations"
     "'?",
     SAME},
    {"far unknown top key", WHOLE,
     "uptake: 1\n"
     "zebra: []\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:2:1: unknown field 'zebra' in the model", SAME},
    {"top key twice", WHOLE,
     "uptake: 1\n"
     "adopters: []\n"
     "adopters: []\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:3:1: 'adopters' stands twice at the top", SAME},
    {"uptake twice", WHOLE,
     "uptake: 1\n"
     "uptake: 1\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:2:1: 'uptake' stands twice at the top", SAME},
    {"id missing", WHOLE,
     "uptake: 1\n"
     "innovations: [{name: A}]\n",
     "m.yaml:2:15: innovations[]: 'id' is missing", SAME},
    {"name missing", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a}]\n",
     "m.yaml:2:15: innovations[]: 'name' is missing", SAME},
    {"name empty", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a, name: }]\n",
     "m.yaml:2:15: innovations[]: 'name' is missing", SAME},
    {"id is null", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: ~, name: A}]\n",
     "m.yaml:2:15: innovations[]: 'id' is missing", SAME},
    {"id is a reason", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: none, name: A}]\n",
     "m.yaml:2:20: id: found 'none'; expected an id; put it in quotes if this is its"
     " name",
     SAME},
    {"id is empty text", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: \"\", name: A}]\n",
     "m.yaml:2:20: id: found ''; expected an id", SAME},
    {"id is a list", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: [a], name: A}]\n",
     "m.yaml:2:20: id: found a list; expected a text", SAME},
    {"quoted reason as an id", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: 'none', name: A}]\n",
     "", SAME},
    {"innovation twice", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- {id: a, name: A}\n"
     "- {id: a, name: B}\n",
     "m.yaml:4:8: id: 'a' stands twice in innovations[]; the first is at m.yaml:3:8", SAME},
    {"key twice", "", "summary: x, summary: y", "m.yaml:3:32: 'summary' stands twice in one row",
     SAME},
    {"key twice, null first", "", "summary: , summary: y",
     "m.yaml:3:31: 'summary' stands twice in one row", SAME},
    {"mapping twice", "", "commissioning: {payback: 1}, commissioning: {payback: 2}",
     "m.yaml:3:49: 'commissioning' stands twice in one row\n"
     "m.yaml:3:65: 'payback' stands twice in one row",
     SAME},
    {"key twice in a mapping", "", "commissioning: {payback: 1, payback: 2}",
     "m.yaml:3:48: 'payback' stands twice in one row", SAME},
    {"list twice", "", "support: none, support: none",
     "m.yaml:3:35: 'support' stands twice in one row", SAME},
    {"key twice in a row", "", "costs: [{kind: running, gbp: 1, gbp: 2}]",
     "m.yaml:3:52: 'gbp' stands twice in one row", SAME},
    {"local evidence twice", "", "evidence: [{id: e, source: s}, {id: e, source: s}]",
     "m.yaml:3:56: id: 'e' stands twice in evidence[]; the first is at m.yaml:3:36", SAME},
    {"top evidence twice", "evidence: [{id: e, source: s}, {id: e, source: s}]\n", "summary: x",
     "m.yaml:2:37: id: 'e' stands twice in /evidence[]; the first is at m.yaml:2:17", SAME},
    {"evidence local and top may share an id", "evidence: [{id: e, source: s}]\n",
     "evidence: [{id: e, source: s}]", "", SAME},
    {"vehicle twice", "", "vehicles: [{id: v}, {id: v}]",
     "m.yaml:3:45: id: 'v' stands twice in vehicles[]; the first is at m.yaml:3:36", SAME},
    {"lever twice", "", "levers: [{id: l, kind: tariff}, {id: l, kind: tariff}]",
     "m.yaml:3:57: id: 'l' stands twice in levers[]; the first is at m.yaml:3:34", SAME},
    {"levers without ids", "", "levers: [{kind: tariff}, {kind: tariff}]", "", SAME},
    {"vehicle and lever may share an id", "",
     "vehicles: [{id: v}], levers: [{id: v, kind: tariff}]", "", SAME},
    {"adopter twice", "adopters: [{id: q}, {id: q}]\n", "summary: x",
     "m.yaml:2:26: id: 'q' stands twice in /adopters[]; the first is at m.yaml:2:17", SAME},
    {"priority twice",
     "priorities: [{id: q, name: n, level: national}, {id: q, name: n, level: local}"
     "]\n",
     "summary: x",
     "m.yaml:2:54: id: 'q' stands twice in /priorities[]; the first is at m.yaml:2:19", SAME},
    {"two innovations may share a vehicle's id", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- {id: a, name: A, vehicles: [{id: v}]}\n"
     "- {id: b, name: B, vehicles: [{id: v}]}\n",
     "", SAME},
    {"unknown field", "", "sumary: x",
     "m.yaml:3:20: unknown field 'sumary' in an innovation; did you mean 'summary'?", SAME},
    {"unknown field, far", "", "zzzzzz: x", "m.yaml:3:20: unknown field 'zzzzzz' in an innovation",
     SAME},
    {"unknown field in a row", "",
     "support: [{resource: time, phase: running, needed: 1, unit: wte, provded: 2}]",
     "m.yaml:3:85: unknown field 'provded' in support[]; did you mean 'provided'?", SAME},
    {"unknown field in a mapping", "", "commissioning: {pay_back: 1}",
     "m.yaml:3:36: unknown field 'pay_back' in commissioning; did you mean 'payback'"
     "?",
     SAME},
    {"unknown field with a nested value is read over", "", "zzzzzz: {a: [1, {b: c}]}, sumary: x",
     "m.yaml:3:20: unknown field 'zzzzzz' in an innovation\n"
     "m.yaml:3:46: unknown field 'sumary' in an innovation; did you mean 'summary'?",
     SAME},
    {"control characters in a key", "", "\"a\\u0007b\": x",
     "m.yaml:3:20: unknown field 'a?b' in an innovation", SAME},
    {"custom is free", "", "custom: {a: 1, b: {c: [1, {d: e}]}}", "", SAME},
    {"custom key twice", "", "custom: {a: 1, b: 2, a: 3}",
     "m.yaml:3:41: 'a' stands twice; the first is at line 3", SAME},
    {"custom key twice, nested", "", "custom: {a: {b: 1, c: 2, b: 3}}",
     "m.yaml:3:45: 'b' stands twice; the first is at line 3", SAME},
    {"custom key twice in a list", "", "custom: {a: [{b: 1, b: 3}]}",
     "m.yaml:3:40: 'b' stands twice; the first is at line 3", SAME},
    {"custom keys twice, over lines", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- id: a\n"
     "  name: A\n"
     "  custom:\n"
     "    b: 1\n"
     "    a: 2\n"
     "    b: 3\n"
     "    b: 4\n"
     "    a: 5\n",
     "m.yaml:10:5: 'a' stands twice; the first is at line 7\n"
     "m.yaml:8:5: 'b' stands twice; the first is at line 6\n"
     "m.yaml:9:5: 'b' stands twice; the first is at line 6",
     SAME},
    {"ratings: null", "",
     "judgements: [{framework: nasss, ratings: , construct: condition, value: 1}]", "", SAME},
    {"custom is a text", "", "custom: x", "m.yaml:3:28: custom: expected a mapping of its fields",
     SAME},
    {"custom: none", "", "custom: none", "", SAME},
    {"note everywhere",
     "note: top\n"
     "adopters: [{id: q, note: n}]\n",
     "note: x, originated: {note: y}, commissioning: {note: z, budget_impact: [{year"
     ": 1, note: q}]}, costs: [{kind: running, gbp: 1, note: n}], vehicles: [{id: v,"
     " note: n, income: [{source: s, note: m}]}]",
     "", SAME},
    {"note is a list", "", "note: [a]", "m.yaml:3:26: note: found a list; expected a text", SAME},
    {"domain is derived", "",
     "judgements: [{framework: nasss, construct: condition, domain: condition, value"
     ": 1}]",
     "m.yaml:3:74: 'domain' is worked out by uptake; remove it", SAME},
    {"number: text", "", "commissioning: {payback: soon}",
     "m.yaml:3:45: payback: found 'soon'; expected a number", SAME},
    {"number: quoted", "", "commissioning: {payback: '18'}",
     "m.yaml:3:45: payback: found '18'; expected a number; remove the quotes", SAME},
    {"number: list", "", "commissioning: {payback: [1]}",
     "m.yaml:3:45: payback: found a list; expected a number, {low, mode, high}, {at_"
     "least}, {at_most}, {about}, or suppressed",
     SAME},
    {"number: hex", "", "commissioning: {payback: 0x10}",
     "m.yaml:3:45: payback: found '0x10'; expected a number", SAME},
    {"number: underscore", "", "commissioning: {payback: 1_000}",
     "m.yaml:3:45: payback: found '1_000'; expected a number", SAME},
    {"number: .inf", "", "commissioning: {payback: .inf}",
     "m.yaml:3:45: payback: found '.inf'; expected a number", SAME},
    {"number: too large", "", "commissioning: {payback: 1e999}",
     "m.yaml:3:45: payback: found '1e999'; expected a number", SAME},
    {"number: true", "", "commissioning: {payback: true}",
     "m.yaml:3:45: payback: found 'true'; expected a number", SAME},
    {"number: percent", "", "vehicles: [{id: v, income: [{source: s, share: 50%}]}]",
     "m.yaml:3:67: share: found '50%'; expected a number", SAME},
    {"number: below", "", "commissioning: {payback: -1}",
     "m.yaml:3:45: payback: found '-1'; expected at least 0", SAME},
    {"number: outside", "", "vehicles: [{id: v, income: [{source: s, share: 1.5}]}]",
     "m.yaml:3:67: share: found '1.5'; expected 0 to 1", SAME},
    {"number: huge text", "",
     "commissioning: {payback: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxx}",
     "m.yaml:3:45: payback: found 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxx...'; expected a number",
     SAME},
    {"choice: unknown", "", "kind: devise",
     "m.yaml:3:26: kind: found 'devise'; expected one of product, device, diagnostic"
     ", medicine, digital, process, pathway, model_of_care, service, workforce, trai"
     "ning; did you mean 'device'?",
     SAME},
    {"choice: far", "", "kind: zzzzzzz",
     "m.yaml:3:26: kind: found 'zzzzzzz'; expected one of product, device, diagnosti"
     "c, medicine, digital, process, pathway, model_of_care, service, workforce, tra"
     "ining",
     SAME},
    {"choice: list", "", "kind: [device]",
     "m.yaml:3:26: kind: found a list; expected one of its choices", SAME},
    {"choice: quoted is fine", "", "kind: 'device'", "", SAME},
    {"choice: empty text", "", "kind: ''",
     "m.yaml:3:26: kind: found ''; expected one of product, device, diagnostic, medi"
     "cine, digital, process, pathway, model_of_care, service, workforce, training",
     SAME},
    {"choice: capital", "", "kind: Device",
     "m.yaml:3:26: kind: found 'Device'; expected one of product, device, diagnostic"
     ", medicine, digital, process, pathway, model_of_care, service, workforce, trai"
     "ning; did you mean 'device'?",
     SAME},
    {"text: mapping", "", "summary: {a: b}",
     "m.yaml:3:29: summary: found a mapping; expected a text", SAME},
    {"text: list", "", "summary: [a]", "m.yaml:3:29: summary: found a list; expected a text", SAME},
    {"flag: yes", "", "commissioning: {measured_outcome: yes}",
     "m.yaml:3:54: measured_outcome: found 'yes'; expected true or false", SAME},
    {"flag: quoted", "", "commissioning: {measured_outcome: 'true'}",
     "m.yaml:3:54: measured_outcome: found 'true'; expected true or false", SAME},
    {"flag: mapping", "", "commissioning: {measured_outcome: {a: b}}",
     "m.yaml:3:54: measured_outcome: found a mapping; expected true or false", SAME},
    {"date: text", "", "introduced: {date: spring}",
     "m.yaml:3:39: date: found 'spring'; expected a date: 2018, 2018-01, 2018-01-24,"
     " 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: month 13", "", "introduced: {date: 2011-13}",
     "m.yaml:3:39: date: found '2011-13'; expected a date: 2018, 2018-01, 2018-01-24"
     ", 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: 30 February", "", "introduced: {date: 2011-02-30}",
     "m.yaml:3:39: date: found '2011-02-30'; expected a date: 2018, 2018-01, 2018-01"
     "-24, 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: years apart", "", "introduced: {date: 2014/16}",
     "m.yaml:3:39: date: found '2014/16'; expected a date: 2018, 2018-01, 2018-01-24"
     ", 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: quarter 5", "", "introduced: {date: 2014Q5}",
     "m.yaml:3:39: date: found '2014Q5'; expected a date: 2018, 2018-01, 2018-01-24,"
     " 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: list", "", "introduced: {date: [2011]}",
     "m.yaml:3:39: date: found a list; expected a date: 2018, 2018-01, 2018-01-24, 2"
     "018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: open, where nothing ends", "", "introduced: {date: open}",
     "m.yaml:3:39: date: found 'open'; expected a date: 2018, 2018-01, 2018-01-24, 2"
     "018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: open quoted", "", "vehicles: [{id: v, ends: 'open'}]",
     "m.yaml:3:45: ends: found 'open'; expected a date: 2018, 2018-01, 2018-01-24, 2"
     "018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: from only", "", "introduced: {date: {from: 2011}}",
     "m.yaml:3:39: date: found a mapping; expected a date: 2018, 2018-01, 2018-01-24"
     ", 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: backwards", "", "introduced: {date: {from: 2012, to: 2011}}",
     "m.yaml:3:39: date: found a mapping; expected a `to` that is not before its `fr"
     "om`",
     SAME},
    {"date: three keys", "", "introduced: {date: {from: 2011, to: 2012, at_most: 2013}}",
     "m.yaml:3:39: date: found a mapping; expected a date: 2018, 2018-01, 2018-01-24"
     ", 2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: key twice", "", "introduced: {date: {from: 2011, from: 2010, to: 2012}}",
     "m.yaml:3:52: 'from' stands twice", SAME},
    {"date: unknown key", "", "introduced: {date: {until: 2011}}",
     "m.yaml:3:40: date: found 'until'; expected a date: 2018, 2018-01, 2018-01-24, "
     "2018Q1, 2018/19, {from, to} or {at_most}",
     SAME},
    {"date: bad inner", "", "introduced: {date: {from: x, to: 2011}}",
     "m.yaml:3:46: date: found 'x'; expected a date", SAME},
    {"ref: list", "", "vehicles: [{id: v, follows: [w]}]",
     "m.yaml:3:48: follows: found a list; expected an id", SAME},
    {"ref: empty text", "", "vehicles: [{id: v, follows: ''}]",
     "m.yaml:3:48: follows: found ''; expected an id", SAME},
    {"list: text", "", "core_components: x",
     "m.yaml:3:37: core_components: expected a list, such as [a, b]", SAME},
    {"list: mapping", "", "core_components: {a: b}",
     "m.yaml:3:37: core_components: expected a list, such as [a, b]", SAME},
    {"list of rows: mapping", "", "costs: {kind: running, gbp: 1}",
     "m.yaml:3:27: costs: expected a list; begin each row with '- '", SAME},
    {"list of rows: text", "", "costs: x", "m.yaml:3:27: costs: expected a list, such as [a, b]",
     SAME},
    {"row: a list", "", "costs: [[kind, running]]",
     "m.yaml:3:28: costs: expected a row of fields, such as {kind: ...}", SAME},
    {"row: null", "", "costs: [~]",
     "m.yaml:3:28: costs: expected a row of fields, such as {kind: ...}", SAME},
    {"item: mapping", "", "core_components: [{a: b}]",
     "m.yaml:3:38: core_components: found a mapping; expected a text", SAME},
    {"item: list", "", "core_components: [[a]]",
     "m.yaml:3:38: core_components: found a list; expected a text", SAME},
    {"item: reason", "", "core_components: [a, unknown]",
     "m.yaml:3:41: core_components: found 'unknown' as an item; it stands for a whol"
     "e list (core_components: unknown), or is put in quotes",
     SAME},
    {"item: quoted reason", "", "core_components: [a, 'unknown']", "", SAME},
    {"item: null", "",
     "core_components: [a, ]\n"
     "  , adaptable_components: [~]",
     "m.yaml:4:28: adaptable_components: found '~' as an item; it stands for a whole"
     " list (adaptable_components: unknown), or is put in quotes",
     SAME},
    {"evidence item: reason", "", "costs: [{kind: running, gbp: 1, evidence: [none]}]",
     "m.yaml:3:63: evidence: found 'none' as an item; it stands for a whole list (ev"
     "idence: unknown), or is put in quotes",
     SAME},
    {"mapping: text", "", "commissioning: soon",
     "m.yaml:3:35: commissioning: expected a mapping of its fields", SAME},
    {"mapping: list", "", "commissioning: [a]",
     "m.yaml:3:35: commissioning: expected a mapping of its fields", SAME},
    {"mapping: reason", "", "commissioning: unknown", "", SAME},
    {"doubt: unknown key", "", "commissioning: {payback: {atleast: 3}}",
     "m.yaml:3:46: payback: found 'atleast'; expected a number, {low, mode, high}, {"
     "at_least}, {at_most}, {about}, or suppressed",
     SAME},
    {"doubt: key twice", "", "commissioning: {payback: {at_least: 3, at_least: 4}}",
     "m.yaml:3:59: 'at_least' stands twice", SAME},
    {"doubt: low only", "", "commissioning: {payback: {low: 3}}",
     "m.yaml:3:45: payback: found a mapping; expected a number, {low, mode, high}, {"
     "at_least}, {at_most}, {about}, or suppressed",
     SAME},
    {"doubt: mode only", "", "commissioning: {payback: {mode: 3}}",
     "m.yaml:3:45: payback: found a mapping; expected a number, {low, mode, high}, {"
     "at_least}, {at_most}, {about}, or suppressed",
     SAME},
    {"doubt: two forms", "", "commissioning: {payback: {at_least: 3, at_most: 4}}",
     "m.yaml:3:45: payback: found a mapping; expected a number, {low, mode, high}, {"
     "at_least}, {at_most}, {about}, or suppressed",
     SAME},
    {"doubt: empty", "", "commissioning: {payback: {}}",
     "m.yaml:3:45: payback: found a mapping; expected a number, {low, mode, high}, {"
     "at_least}, {at_most}, {about}, or suppressed",
     SAME},
    {"doubt: low above high", "", "commissioning: {payback: {low: 3, high: 2}}",
     "m.yaml:3:45: payback: found a mapping; expected low <= mode <= high", SAME},
    {"doubt: mode outside", "", "commissioning: {payback: {low: 1, mode: 5, high: 2}}",
     "m.yaml:3:45: payback: found a mapping; expected low <= mode <= high", SAME},
    {"doubt: text inside", "", "commissioning: {payback: {low: a, high: 2}}",
     "m.yaml:3:51: payback: found 'a'; expected a number", SAME},
    {"doubt: quoted inside", "", "commissioning: {payback: {low: '1', high: 2}}",
     "m.yaml:3:51: payback: found '1'; expected a number; remove the quotes", SAME},
    {"doubt: mapping inside", "", "commissioning: {payback: {low: {about: 1}, high: 2}}",
     "m.yaml:3:51: payback: found a mapping; expected a number", SAME},
    {"doubt: outside the range", "", "commissioning: {payback: {low: -1, high: 2}}",
     "m.yaml:3:51: payback: found '-1'; expected at least 0", SAME},
    {"doubt: about outside", "", "commissioning: {payback: {about: -1}}",
     "m.yaml:3:53: payback: found '-1'; expected at least 0", SAME},
    {"suppressed with a number", "",
     "observations: [{metric: m, period: 2018, value: {suppressed: true, value: 5}}]",
     "m.yaml:3:68: value: found a mapping; expected either a number or suppressed, n"
     "ot both",
     SAME},
    {"suppressed with a range", "",
     "observations: [{metric: m, period: 2018, value: {suppressed: [0, 4], low: 1, h"
     "igh: 2}}]",
     "m.yaml:3:68: value: found a mapping; expected either a number or suppressed, n"
     "ot both",
     SAME},
    {"suppressed: backwards", "",
     "observations: [{metric: m, period: 2018, value: {suppressed: [4, 0]}}]",
     "m.yaml:3:81: value: found a list; expected suppressed: [low, high]", SAME},
    {"suppressed: one bound", "",
     "observations: [{metric: m, period: 2018, value: {suppressed: [4]}}]",
     "m.yaml:3:81: value: found a list; expected suppressed: [low, high]", SAME},
    {"suppressed: three bounds", "",
     "observations: [{metric: m, period: 2018, value: {suppressed: [1, 2, 3]}}]",
     "m.yaml:3:81: value: found a list; expected suppressed: [low, high]", SAME},
    {"suppressed: text", "", "observations: [{metric: m, period: 2018, value: {suppressed: yes}}]",
     "m.yaml:3:81: value: found 'yes'; expected suppressed: [low, high]", SAME},
    {"suppressed: outside", "", "commissioning: {payback: {suppressed: [-5, -1]}}",
     "m.yaml:3:59: payback: found '-5'; expected at least 0\n"
     "m.yaml:3:63: payback: found '-1'; expected at least 0",
     SAME},
    {"suppressed: quoted word", "", "commissioning: {payback: 'suppressed'}",
     "m.yaml:3:45: payback: found 'suppressed'; expected a number", SAME},
    {"suppressed: star", "", "commissioning: {payback: '*'}", "", SAME},
    {"shares of a choice", "", "kind: {device: 0.5, digital: 0.5}", "", SAME},
    {"shares: sum", "", "kind: {device: 0.5, digital: 0.4}",
     "m.yaml:3:26: kind: found a mapping; expected shares that add up to 1", SAME},
    {"shares: thirds", "", "kind: {device: 0.33, digital: 0.33, process: 0.33}", "", SAME},
    {"shares: unknown category", "", "kind: {device: 0.5, digitl: 0.5}",
     "m.yaml:3:40: kind: found 'digitl'; expected one of product, device, diagnostic"
     ", medicine, digital, process, pathway, model_of_care, service, workforce, trai"
     "ning; did you mean 'digital'?",
     SAME},
    {"shares: category twice", "", "kind: {device: 0.3, device: 0.2, digital: 0.5}",
     "m.yaml:3:40: 'device' stands twice", SAME},
    {"shares: quoted", "", "kind: {device: '1'}",
     "m.yaml:3:35: kind: found '1'; expected a share from 0 to 1", SAME},
    {"shares: above 1", "", "kind: {device: 1.5}",
     "m.yaml:3:35: kind: found '1.5'; expected a share from 0 to 1", SAME},
    {"shares: negative", "", "kind: {device: -0.5, digital: 1.5}",
     "m.yaml:3:35: kind: found '-0.5'; expected a share from 0 to 1\n"
     "m.yaml:3:50: kind: found '1.5'; expected a share from 0 to 1",
     SAME},
    {"shares: text", "", "kind: {device: most}",
     "m.yaml:3:35: kind: found 'most'; expected a share from 0 to 1", SAME},
    {"shares: list", "", "kind: {device: [1]}",
     "m.yaml:3:35: kind: found a list; expected a share from 0 to 1", SAME},
    {"shares: all zero", "", "kind: {device: 0}",
     "m.yaml:3:26: kind: found a mapping; expected shares that add up to 1", SAME},
    {"shares: empty", "", "kind: {}",
     "m.yaml:3:26: kind: found a mapping; expected shares that add up to 1", SAME},
    {"levels' shares", "",
     "judgements: [{framework: nasss, construct: condition, value: {simple: 0.5, com"
     "plex: 0.5}}]",
     "", SAME},
    {"levels' shares: sum", "",
     "judgements: [{framework: nasss, construct: condition, value: {simple: 0.5, com"
     "plex: 0.4}}]",
     "m.yaml:3:81: value: found a mapping; expected shares of simple, complicated an"
     "d complex that add up to 1",
     SAME},
    {"levels' shares: level twice", "",
     "judgements: [{framework: nasss, construct: condition, value: {simple: 0.3, sim"
     "ple: 0.5, complex: 0.5}}]",
     "m.yaml:3:95: 'simple' stands twice", SAME},
    {"levels' shares: with a number", "",
     "judgements: [{framework: nasss, construct: condition, value: {simple: 1, low: "
     "0}}]",
     "m.yaml:3:81: value: found a mapping; expected shares of simple, complicated an"
     "d complex that add up to 1",
     SAME},
    {"levels' shares: unknown", "",
     "judgements: [{framework: nasss, construct: condition, value: {simpel: 1}}]",
     "m.yaml:3:82: value: found 'simpel'; expected a number, {low, mode, high}, {at_"
     "least}, {at_most}, {about}, or suppressed",
     SAME},
    {"levels' shares: not a share", "",
     "judgements: [{framework: nasss, construct: condition, value: {simple: 2}}]",
     "m.yaml:3:90: value: found '2'; expected a share from 0 to 1", SAME},
    {"level misspelt", "",
     "judgements: [{framework: nasss, construct: condition, value: complicted}]",
     "m.yaml:3:81: value: found 'complicted'; expected a number, or simple, complica"
     "ted or complex; did you mean 'complicated'?",
     SAME},
    {"nasss outside", "", "judgements: [{framework: nasss, construct: condition, value: 1.5}]",
     "m.yaml:3:81: value: found 1.5; nasss runs from 0 to 1", SAME},
    {"nasss range outside", "",
     "judgements: [{framework: nasss, construct: condition, value: {low: 0, high: 2}"
     "}]",
     "m.yaml:3:81: value: found 2; nasss runs from 0 to 1", SAME},
    {"nasss about its end", "",
     "judgements: [{framework: nasss, construct: condition, value: {about: 1}}]", "", SAME},
    {"nasss at least", "",
     "judgements: [{framework: nasss, construct: condition, value: {at_least: 0.5}}]", "", SAME},
    {"nasss suppressed outside", "",
     "judgements: [{framework: nasss, construct: condition, value: {suppressed: [3, "
     "4]}}]",
     "m.yaml:3:81: value: found 4; nasss runs from 0 to 1", SAME},
    {"nasss suppressed", "",
     "judgements: [{framework: nasss, construct: condition, value: suppressed}]", "", SAME},
    {"cfir takes no levels", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "judgements: [{framework: cfir, construct: culture, adopter: t1, value: simple}"
     "]",
     "m.yaml:4:91: simple, complicated and complex are levels of nasss; cfir takes n"
     "umbers",
     SAME},
    {"cfir outside", "", "judgements: [{framework: cfir, construct: cost, value: 3}]",
     "m.yaml:3:75: value: found 3; cfir runs from -2 to 2", SAME},
    {"cfir about its end", "",
     "judgements: [{framework: cfir, construct: cost, value: {about: -2}}]", "", SAME},
    {"cfir inner setting without adopter", "",
     "judgements: [{framework: cfir, construct: culture, value: 1}]",
     "m.yaml:3:62: cfir's inner setting is rated at one adopter: 'culture' needs `ad"
     "opter`",
     SAME},
    {"cfir individuals without adopter", "",
     "judgements: [{framework: cfir, construct: self_efficacy, value: 1}]",
     "m.yaml:3:62: cfir's individuals domain is rated at one adopter: 'self_efficacy"
     "' needs `adopter`",
     SAME},
    {"cfir in ratings without adopter", "",
     "judgements: [{framework: cfir, ratings: {cost: 1, culture: 1}}]",
     "m.yaml:3:70: cfir's inner setting is rated at one adopter: 'culture' needs `ad"
     "opter`",
     SAME},
    {"cfir other spelling", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "judgements: [{framework: cfir, construct: knowledge_and_beliefs, adopter: t1, "
     "value: 1}]",
     "", SAME},
    {"construct unknown", "", "judgements: [{framework: nasss, construct: tecnology, value: 1}]",
     "m.yaml:3:63: nasss has no construct 'tecnology'; did you mean 'technology'?", SAME},
    {"construct of another framework", "",
     "judgements: [{framework: rogers, construct: culture, value: 1}]",
     "m.yaml:3:64: rogers has no construct 'culture'", SAME},
    {"construct missing", "", "judgements: [{framework: nasss, value: 1}]",
     "m.yaml:3:33: judgements[]: 'construct' is missing (or `ratings`)", SAME},
    {"construct null", "", "judgements: [{framework: nasss, construct: , value: 1}]",
     "m.yaml:3:63: construct: expected the name of a construct", SAME},
    {"construct is a list", "", "judgements: [{framework: nasss, construct: [a], value: 1}]",
     "m.yaml:3:63: construct: expected the name of a construct", SAME},
    {"construct too long", "",
     "judgements: [{framework: custom, construct: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, value: 1}]",
     "m.yaml:3:64: a construct's name has 1 to 63 bytes", SAME},
    {"custom construct", "",
     "judgements: [{framework: custom, construct: anything at all, value: 1000}]", "", SAME},
    {"value missing", "", "judgements: [{framework: nasss, construct: condition}]",
     "m.yaml:3:33: judgements[]: 'value' is missing (or `ratings`)", SAME},
    {"value unknown", "", "judgements: [{framework: nasss, construct: condition, value: unknown}]",
     "", SAME},
    {"mixed needs no value", "",
     "judgements: [{framework: nasss, construct: condition, state: mixed}]", "", SAME},
    {"rated needs one", "", "judgements: [{framework: nasss, construct: condition, state: rated}]",
     "m.yaml:3:33: judgements[]: 'value' is missing (or `ratings`)", SAME},
    {"framework missing", "", "judgements: [{construct: condition, value: 1}]",
     "m.yaml:3:33: judgements[]: 'framework' is missing", SAME},
    {"framework unknown to the author", "",
     "judgements: [{framework: unknown, construct: condition, value: 1}]",
     "m.yaml:3:45: framework: a judgement needs one; expected its name", SAME},
    {"framework misspelt, said once", "",
     "judgements: [{framework: nass, construct: condition, value: 1, evidence: [e]}]"
     ", evidence: [{id: e, source: s}]",
     "m.yaml:3:45: framework: found 'nass'; expected one of nasss, cfir, rogers, sci"
     "rocco, nomad, isat, expandnet, custom; did you mean 'nasss'?",
     SAME},
    {"ratings and construct", "",
     "judgements: [{framework: nasss, construct: condition, ratings: {condition: 1}}"
     "]",
     "m.yaml:3:63: either 'construct' and 'value', or 'ratings', not both", SAME},
    {"ratings and value", "", "judgements: [{framework: nasss, value: 1, ratings: {condition: 1}}]",
     "m.yaml:3:59: either 'construct' and 'value', or 'ratings', not both", SAME},
    {"ratings is a list", "", "judgements: [{framework: nasss, ratings: [1]}]",
     "m.yaml:3:61: ratings: expected {construct: value, ...}", SAME},
    {"ratings empty", "", "judgements: [{framework: nasss, ratings: {}}]",
     "m.yaml:3:33: judgements[]: 'construct' is missing (or `ratings`)", SAME},
    {"ratings all left out", "",
     "judgements: [{framework: nasss, ratings: {condition: , technology: }}]",
     "m.yaml:3:33: judgements[]: 'construct' is missing (or `ratings`)", SAME},
    {"a construct twice in ratings", "",
     "judgements: [{framework: nasss, ratings: {condition: 1, technology: 0, conditi"
     "on: 0}}]",
     "m.yaml:3:91: 'condition' stands twice", SAME},
    {"an error in the middle of ratings", "",
     "judgements: [{ratings: {condition: 1, tecnology: 0, adopters: 3, embedding: co"
     "mplx}, framework: nasss}]",
     "m.yaml:3:96: ratings: found 'complx'; expected a number, or simple, complicate"
     "d or complex; did you mean 'complex'?\n"
     "m.yaml:3:58: nasss has no construct 'tecnology'; did you mean 'technology'?\n"
     "m.yaml:3:82: value: found 3; nasss runs from 0 to 1",
     SAME},
    {"a rating may be a reason", "",
     "judgements: [{framework: nasss, ratings: {condition: unknown, technology: n/a}"
     "}]",
     "", SAME},
    {"unit of time", "", "support: [{resource: time, phase: running, needed: 1, unit: rooms}]",
     "m.yaml:3:80: unit: time is not counted in rooms; expected hours_per_week, wte,"
     " days_once, days_per_year, share",
     SAME},
    {"unit of space", "", "support: [{resource: space, phase: running, needed: 1, unit: wte}]",
     "m.yaml:3:81: unit: space is not counted in wte; expected rooms, share", SAME},
    {"unit of staff", "", "support: [{resource: staff, phase: running, needed: 1, unit: gbp_once}]",
     "m.yaml:3:81: unit: staff is not counted in gbp_once; expected hours_per_week, "
     "wte, people, share",
     SAME},
    {"unit of money", "", "support: [{resource: money, phase: running, needed: 1, unit: people}]",
     "m.yaml:3:81: unit: money is not counted in people; expected gbp_once, gbp_per_"
     "year, share",
     SAME},
    {"unit of skills", "", "support: [{resource: skills, phase: running, needed: 1, unit: rooms}]",
     "m.yaml:3:82: unit: skills is not counted in rooms; expected hours_per_week, wt"
     "e, people, days_once, days_per_year, share",
     SAME},
    {"unit of recognition", "",
     "support: [{resource: recognition, phase: running, needed: 1, unit: wte}]",
     "m.yaml:3:87: unit: recognition is not counted in wte; expected gbp_once, gbp_p"
     "er_year, people, share",
     SAME},
    {"unit of peer_learning", "",
     "support: [{resource: peer_learning, phase: running, needed: 1, unit: wte}]",
     "m.yaml:3:89: unit: peer_learning is not counted in wte; expected hours_per_wee"
     "k, people, days_once, days_per_year, share",
     SAME},
    {"unit of readiness", "",
     "support: [{resource: readiness, phase: running, needed: 1, unit: gbp_once}]",
     "m.yaml:3:85: unit: readiness is not counted in gbp_once; expected people, days"
     "_once, share",
     SAME},
    {"unit of data", "", "support: [{resource: data, phase: running, needed: 1, unit: rooms}]",
     "m.yaml:3:80: unit: data is not counted in rooms; expected hours_per_week, wte,"
     " gbp_once, gbp_per_year, people, share",
     SAME},
    {"support: met", "", "support: [{resource: time, phase: running, met: partly}]", "", SAME},
    {"support: met and numbers", "",
     "support: [{resource: time, phase: running, met: no, needed: 1, unit: wte}]",
     "m.yaml:3:68: support[]: either 'met', or 'needed', 'provided' and 'unit', not "
     "both",
     SAME},
    {"support: neither", "", "support: [{resource: time, phase: running}]",
     "m.yaml:3:30: support[]: 'needed' is missing (with 'provided' and 'unit', or 'm"
     "et')",
     SAME},
    {"support: no unit", "", "support: [{resource: time, phase: running, needed: 1}]",
     "m.yaml:3:30: support[]: 'unit' is missing", SAME},
    {"support: no needed", "",
     "support: [{resource: time, phase: running, provided: 1, unit: wte}]",
     "m.yaml:3:30: support[]: 'needed' is missing (with 'provided' and 'unit', or 'm"
     "et')",
     SAME},
    {"support: no resource", "", "support: [{phase: running, needed: 1, unit: wte}]",
     "m.yaml:3:30: support[]: 'resource' is missing", SAME},
    {"support: unknown numbers", "",
     "support: [{resource: time, phase: running, needed: unknown, provided: unknown,"
     " unit: wte}]",
     "", SAME},
    {"ends before it starts", "",
     "support: [{resource: time, phase: running, needed: 1, unit: wte, starts: 2018,"
     " ends: 2017}]",
     "m.yaml:3:105: ends before it starts (line 3)", SAME},
    {"adopted missing", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, status: adopted}]",
     "m.yaml:4:29: spells[]: 'adopted' is missing (only a pilot may lack it)", SAME},
    {"a pilot may lack it", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, status: piloting}]", "", SAME},
    {"stopped before adopted", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2010, stopped: 2009, status: stopped}]",
     "m.yaml:4:67: stopped before it was adopted (line 4)", SAME},
    {"stopped in the year it was adopted",
     "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2010, stopped: 2010-02, status: stopped}]", "", SAME},
    {"adopted before opening", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 1999, status: adopted}]",
     "m.yaml:4:52: adopted before 't1' opened", SAME},
    {"adopted in the year of opening",
     "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2000, status: adopted}]", "", SAME},
    {"adopted after closing", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2021, status: adopted}]",
     "m.yaml:4:52: adopting after 't1' closed or merged", SAME},
    {"stopped after closing", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2001, stopped: 2020-07, status: stopped}]",
     "m.yaml:4:67: adopting after 't1' closed or merged", SAME},
    {"a pilot stopped after closing",
     "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, stopped: 2021, status: piloting}]",
     "m.yaml:4:52: adopting after 't1' closed or merged", SAME},
    {"adopted after merging", "adopters: [{id: t1, merged: 2015, merged_into: t2}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2016, status: adopted}]",
     "m.yaml:4:52: adopting after 't1' closed or merged", SAME},
    {"adopted, not known when", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: unknown, status: adopted}]", "", SAME},
    {"status unknown needs adopted",
     "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, status: unknown}]",
     "m.yaml:4:29: spells[]: 'adopted' is missing (only a pilot may lack it)", SAME},
    {"life of an adopter that comes later", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- id: a\n"
     "  name: A\n"
     "  spells:\n"
     "  - {adopter: t1, adopted: 2010, status: adopted}\n"
     "  - {adopter: t1, adopted: 1999, status: adopted}\n"
     "adopters: [{id: t1, opened: 2000}]\n",
     "m.yaml:7:28: adopted before 't1' opened", SAME},
    {"closed before it opened", "adopters: [{id: q, opened: 2010, closed: 2009}]\n", "summary: x",
     "m.yaml:2:42: closed before it opened (line 2)", SAME},
    {"fidelity", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t1, adopted: 2001, status: adopted, fidelity: 80}]",
     "m.yaml:4:85: fidelity: found '80'; expected 0 to 1", SAME},
    {"evidence dangling", "",
     "costs: [{kind: running, gbp: 1, evidence: [e2]}], evidence: [{id: e1, source: "
     "s}]",
     "m.yaml:3:63: there is no 'e2' among evidence; did you mean 'e1'?", SAME},
    {"evidence local", "",
     "costs: [{kind: running, gbp: 1, evidence: [e1]}], evidence: [{id: e1, source: "
     "s}]",
     "", SAME},
    {"evidence top", "evidence: [{id: e1, source: s}]\n",
     "costs: [{kind: running, gbp: 1, evidence: [e1]}]", "", SAME},
    {"evidence top, later", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- {id: a, name: A, costs: [{kind: running, gbp: 1, evidence: [e1]}]}\n"
     "evidence: [{id: e1, source: s}]\n",
     "", SAME},
    {"evidence of another innovation", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- {id: a, name: A, evidence: [{id: e1, source: s}]}\n"
     "- {id: b, name: B, commissioning: {evidence: [e1]}}\n",
     "m.yaml:4:47: there is no 'e1' among evidence", SAME},
    {"evidence twice dangling, one place each", "",
     "costs: [{kind: running, gbp: 1, evidence: [x1, x2]}]",
     "m.yaml:3:63: there is no 'x1' among evidence\n"
     "m.yaml:3:67: there is no 'x2' among evidence",
     SAME},
    {"adopter dangling", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "spells: [{adopter: t3, adopted: 2001, status: adopted}]",
     "m.yaml:4:39: there is no 't3' among adopters; did you mean 't1'?", SAME},
    {"adopter dangling, defined later nearly", WHOLE,
     "uptake: 1\n"
     "innovations:\n"
     "- {id: a, name: A, spells: [{adopter: trust-11, adopted: 2001, status: adopted"
     "}]}\n"
     "adopters: [{id: trust-1}]\n",
     "m.yaml:3:39: there is no 'trust-11' among adopters; did you mean 'trust-1'?", SAME},
    {"adopter of support", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "support: [{resource: time, phase: running, met: no, adopter: zz}]",
     "m.yaml:4:81: there is no 'zz' among adopters", SAME},
    {"priority dangling", "priorities: [{id: p2, name: n, level: national}]\n", "priorities: [p1]",
     "m.yaml:4:33: there is no 'p1' among priorities; did you mean 'p2'?", SAME},
    {"merged_into dangling", "adopters: [{id: q, merged_into: qq}]\n", "summary: x",
     "m.yaml:2:33: there is no 'qq' among adopters; did you mean 'q'?", SAME},
    {"merged_into later", "adopters: [{id: q, merged_into: r}, {id: r}]\n", "summary: x", "", SAME},
    {"ties before adopters", WHOLE,
     "uptake: 1\n"
     "ties: [{from: q, to: r}, {from: q, to: s}]\n"
     "adopters: [{id: q}, {id: r}]\n"
     "innovations: [{id: a, name: A}]\n",
     "m.yaml:2:40: there is no 's' among adopters", SAME},
    {"ties behind everything", WHOLE,
     "uptake: 1\n"
     "innovations: [{id: a, name: A}]\n"
     "adopters: [{id: q}, {id: r}]\n"
     "ties: [{from: q, to: r}, {from: q, to: s}]\n",
     "m.yaml:4:40: there is no 's' among adopters", SAME},
    {"follows dangling", "", "vehicles: [{id: v1, follows: v3}, {id: v2}]",
     "m.yaml:3:49: there is no 'v3' among vehicles; did you mean 'v1'?", SAME},
    {"follows across lists", "",
     "vehicles: [{id: v1}], levers: [{id: l, kind: tariff, follows: v1}]",
     "m.yaml:3:82: there is no 'v1' among levers", SAME},
    {"follows itself", "", "vehicles: [{id: v1, follows: v1}]",
     "m.yaml:3:36: 'follows' runs in a circle through 'v1'", SAME},
    {"follows in a circle of two", "",
     "levers: [{id: l1, kind: tariff, follows: l2}, {id: l2, kind: tariff, follows: "
     "l1}]",
     "m.yaml:3:34: 'follows' runs in a circle through 'l1'", SAME},
    {"follows in a circle of three", "",
     "vehicles: [{id: a, follows: b}, {id: b, follows: c}, {id: c, follows: a}, {id:"
     " d, follows: a}]",
     "m.yaml:3:36: 'follows' runs in a circle through 'a'", SAME},
    {"two circles", "", "vehicles: [{id: a, follows: a}, {id: b, follows: b}]",
     "m.yaml:3:36: 'follows' runs in a circle through 'a'\n"
     "m.yaml:3:57: 'follows' runs in a circle through 'b'",
     SAME},
    {"two follow one", "",
     "vehicles: [{id: a}, {id: b, follows: a}, {id: c, follows: a}, {id: d, follows:"
     " c}]",
     "", SAME},
    {"level beside its total", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t1, metric: m, period: 2018, numerator:"
     " 1, denominator: 2, group: imd}]",
     "m.yaml:4:35: this level stands beside its group's total (line 4): together the"
     "y would count the same people twice; give the total a group of its own",
     SAME},
    {"total beside its level", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd}, {adopter: t1, metric: m, period: 2018, numerator: 1, denomi"
     "nator: 2, group: imd, level: 1}]",
     "m.yaml:4:117: this level stands beside its group's total (line 4): together th"
     "ey would count the same people twice; give the total a group of its own",
     SAME},
    {"total of another group", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t1, metric: m, period: 2018, numerator:"
     " 1, denominator: 2, group: age}]",
     "", SAME},
    {"total of another metric", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t1, metric: n, period: 2018, numerator:"
     " 1, denominator: 2, group: imd}]",
     "", SAME},
    {"total of another period", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t1, metric: m, period: 2019, numerator:"
     " 1, denominator: 2, group: imd}]",
     "", SAME},
    {"total of another adopter", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t2, metric: m, period: 2018, numerator:"
     " 1, denominator: 2, group: imd}]",
     "", SAME},
    {"total without a group", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t1, metric: m, period: 2018, numerator:"
     " 1, denominator: 2, note: x}]",
     "", SAME},
    {"level without a group", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, level: 1}]",
     "m.yaml:4:111: measurements[]: 'level' needs 'group': of what is it a level?", SAME},
    {"levels only", "adopters: [{id: t1, opened: 2000, closed: 2020-06}, {id: t2}]\n",
     "measurements: [{adopter: t1, metric: m, period: 2018, numerator: 1, denominato"
     "r: 2, group: imd, level: 1}, {adopter: t1, metric: m, period: 2018, numerator:"
     " 1, denominator: 2, group: imd, level: 2}]",
     "", SAME},
    {"mean difference without unit", "",
     "effects: [{site: s, outcome: o, scale: mean_difference, estimate: 1}]",
     "m.yaml:3:30: effects[]: 'unit' is missing (a mean difference has one)", SAME},
    {"estimate missing", "", "effects: [{site: s, outcome: o, scale: log_or}]",
     "m.yaml:3:30: effects[]: 'estimate' is missing", SAME},
    {"tables", "tables: [{into: measurements, csv: x.csv}]\n", "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)",
     ""},
    {"tables: none", "tables: none\n", "summary: x", "", SAME},
    {"tables: unknown list", "tables: [{into: measurments, csv: x.csv}]\n", "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:17: tables: there is no list 'measurments'; did you mean 'measurement"
     "s'?",
     "m.yaml:2:17: tables: there is no list 'measurments'; did you mean 'measurement"
     "s'?"},
    {"tables: no into", "tables: [{csv: x.csv}]\n", "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:10: tables: a table needs 'into', a list or adopters",
     "m.yaml:2:10: tables: a table needs 'into', a list or adopters"},
    {"tables: csv and sqlite", "tables: [{into: adopters, csv: x.csv, sqlite: y.db}]\n",
     "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:10: tables: a table needs either 'csv', or 'sqlite' with 'query'",
     "m.yaml:2:10: tables: a table needs either 'csv', or 'sqlite' with 'query'"},
    {"tables: unknown key", "tables: [{into: adopters, csv: x.csv, colums: {}}]\n", "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:39: unknown field 'colums' in a table; did you mean 'columns'?",
     "m.yaml:2:39: unknown field 'colums' in a table; did you mean 'columns'?"},
    {"tables: a mapping", "tables: {into: adopters, csv: x.csv}\n", "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:9: tables: expected a list of tables",
     "m.yaml:2:9: tables: expected a list of tables"},
    {"tables: a text as row", "tables: [x]\n", "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:10: tables: expected {into: ..., csv: ...}",
     "m.yaml:2:10: tables: expected {into: ..., csv: ...}"},
    {"tables: key twice inside", "tables: [{into: adopters, csv: x.csv, where: {A: 1, A: 2}}]\n",
     "summary: x",
     "m.yaml:2:9: tables: not available in this version (check accepts them, run can"
     "not read them yet)\n"
     "m.yaml:2:53: 'A' stands twice; the first is at line 2",
     "m.yaml:2:53: 'A' stands twice; the first is at line 2"},
    {"rules",
     "rules: [{id: r1, scheme: MTFM, source: s, starts: 2020, applies_to: [device], "
     "all: [{field: commissioning.payback, at_most: 36}]}]\n",
     "summary: x", "", SAME},
    {"rules: id twice",
     "rules: [{id: r, scheme: s, source: s, starts: 2020, all: &a [{field: kind, exists: true}]},"
     " {id: r, scheme: s, source: s, starts: 2020, all: *a}]\n",
     "summary: x", "m.yaml:2:98: id: 'r' stands twice in /rules[]; the first is at m.yaml:2:14",
     SAME},
    {"rules: no condition", "rules: [{id: r, scheme: s, source: s, starts: 2020}]\n", "summary: x",
     "m.yaml:2:9: rule 'r' has no condition; expected some below 'all' or 'any'", SAME},
    {"rules: empty conditions", "rules: [{id: r, scheme: s, source: s, starts: 2020, all: []}]\n",
     "summary: x", "m.yaml:2:58: all: expected a list of conditions", SAME},
    {"rules: none", "rules: none\n", "summary: x", "", SAME},
    {"rules: condition without field",
     "rules: [{id: r1, scheme: MTFM, source: s, starts: 2020, all: [{at_most: 36}]}]"
     "\n",
     "summary: x", "m.yaml:2:63: all: a condition needs 'field'",
     "m.yaml:2:63: all: a condition needs 'field'"},
    {"rules: unknown condition",
     "rules: [{id: r1, scheme: MTFM, source: s, starts: 2020, any: [{field: x, at_ms"
     "t: 36}]}]\n",
     "summary: x", "m.yaml:2:74: unknown field 'at_mst' in a condition; did you mean 'at_most'?",
     "m.yaml:2:74: unknown field 'at_mst' in a condition; did you mean 'at_most'?"},
    {"rules: condition is a list",
     "rules: [{id: r1, scheme: MTFM, source: s, starts: 2020, any: [[field]]}]\n", "summary: x",
     "m.yaml:2:63: any: found a list; expected a condition, such as {field: commissioning.payback, "
     "at_most: 12}",
     SAME},
    {"rules: conditions are a mapping",
     "rules: [{id: r1, scheme: MTFM, source: s, starts: 2020, any: {field: x}}]\n", "summary: x",
     "m.yaml:2:62: any: expected a list of conditions",
     "m.yaml:2:62: any: expected a list of conditions"},
    {"rules: unknown kind",
     "rules: [{id: r1, scheme: MTFM, source: s, starts: 2020, applies_to: [devices],"
     " all: [{field: kind, exists: true}]}]\n",
     "summary: x",
     "m.yaml:2:70: applies_to: found 'devices'; expected one of product, device, dia"
     "gnostic, medicine, digital, process, pathway, model_of_care, service, workforc"
     "e, training; did you mean 'device'?",
     "m.yaml:2:70: applies_to: found 'devices'; expected one of product, device, dia"
     "gnostic, medicine, digital, process, pathway, model_of_care, service, workforc"
     "e, training; did you mean 'device'?"},
};

TestSuite(model_messages, .init = fixture_open, .fini = fixture_close, .timeout = 120);

static void expect(size_t k, bool check_only, const char *expected)
{
    struct model_options options = {.check_only = check_only};
    struct loading *loading = cases[k].top
                                  ? fixture_load_fields(cases[k].top, cases[k].fields, options)
                                  : fixture_load_text(cases[k].fields, options);
    cr_expect_str_eq(loading->messages, expected, "%s: %s", cases[k].name, loading->messages);
    cr_expect_eq(loading->failed, *expected ? -1 : 0, "%s", cases[k].name);
    fixture_free(loading);
}

Test(model_messages, of_each_case)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        expect(k, false, cases[k].run);
        expect(k, true, cases[k].check ? cases[k].check : cases[k].run);
    }
}

/* 20 messages are kept, the rest are counted; the row that filled the list is the last one read. */
Test(model_messages, twenty_and_the_count_of_the_rest)
{
    char fields[2048] = "";
    static const char first[] = "m.yaml:3:20: unknown field 'x0yz' in an innovation\n"
                                "m.yaml:3:29: unknown field 'x1yz' in an innovation\n";
    for (int k = 0; k < 30; k++)
        snprintf(fields + strlen(fields), sizeof fields - strlen(fields), "x%dyz: 1%s", k,
                 k < 29 ? ", " : "");
    struct loading *loading = fixture_load_fields("", fields, (struct model_options){.path = NULL});
    cr_expect_eq(loading->error.count, 20u);
    cr_expect_eq(loading->error.more, 10u);
    cr_expect_eq(strncmp(loading->messages, first, strlen(first)), 0, "%s", loading->messages);
    fixture_free(loading);
}

/* The error may be NULL. */
Test(model_messages, nobody_listens)
{
    struct model model;
    fixture_text("m.yaml", "uptake: 2\n");
    struct model_options options = {.path = fixture_path("m.yaml"), .name = "m.yaml"};
    cr_expect_eq(model_load(&options, &model, NULL), -1);
}
