//! template-plugin: how many hours a week are missing?
//!
//! What this file has is what every plugin has: rows that say what it reads, what can be tuned and what it writes, and
//! one function that turns columns into columns. Change the rows first; the host checks models, specs and results
//! against them. abi.rs says what a call offers; uptake's include/uptake/plugin.h says the rest.

mod abi;
use abi::*;
use std::os::raw::c_int;
use std::ptr::null;

// --- What it reads -------------------------------------------------------------------------------

const NEEDED: u32 = 0;
const PROVIDED: u32 = 1;
static READS: Constant<[Read; 2]> = Constant([
    Read {
        index: NEEDED,
        kind: NUMBER,
        flags: DOUBT,
        path: text("support[resource=time, unit=hours_per_week].needed\0"),
        unit: text("\0"),
        min: 0.0,
        max: NO_LIMIT,
        choices: null(),
        doc: text("hours a week that adopting takes\0"),
    },
    Read {
        index: PROVIDED,
        kind: NUMBER,
        flags: DOUBT,
        path: text("support[resource=time, unit=hours_per_week].provided\0"),
        unit: text("\0"),
        min: 0.0,
        max: NO_LIMIT,
        choices: null(),
        doc: text("hours a week that are given\0"),
    },
]);

// --- What a spec can tune under `with:` ------------------------------------------------------------

#[repr(C)]
struct Params {
    tolerable: f64,
}
static PARAMS: Constant<[Param; 1]> = Constant([Param {
    kind: NUMBER,
    flags: 0,
    name: text("tolerable\0"),
    offset: 0,
    bytes: 8,
    number: 1.0,
    text: null(),
    min: 0.0,
    max: 168.0,
    unit: text("hours_per_week\0"),
    choices: null(),
    doc: text("a gap up to this many hours is no finding\0"),
}]);

// --- What it writes; the first row is the headline -------------------------------------------------

const GAP: u32 = 0;
static WRITES: Constant<[Write; 1]> = Constant([Write {
    index: GAP,
    kind: NUMBER,
    flags: BOUNDS,
    better: LOWER,
    name: text("gap\0"),
    entity: text("\0"),
    unit: text("hours_per_week\0"),
    min: 0.0,
    max: NO_LIMIT,
    tolerance: 0.0,
    quantity: text("\0"),
    choices: null(),
    rests_on: NO_ROWS,
    doc: text("hours a week that are missing\0"),
}]);

// --- The method ------------------------------------------------------------------------------------

/// What is not known is a NaN, and stays one.
fn missing_hours(needed: f64, provided: f64) -> f64 {
    if needed < provided {
        0.0
    } else {
        needed - provided
    }
}

extern "C" fn process(call: *mut Call) -> c_int {
    let call = unsafe { &mut *call };
    let tolerable = call.params::<Params>().tolerable;
    let (needed, provided) = (call.numbers(NEEDED), call.numbers(PROVIDED));
    for i in 0..call.count as usize {
        let rows = call.rows(NEEDED, i);
        let (mut gap, mut low, mut high) = (0.0, 0.0, 0.0);
        for r in rows.clone() {
            gap += missing_hours(needed.best(r), provided.best(r));
            low += missing_hours(needed.low(r), provided.high(r)); // at its best
            high += missing_hours(needed.high(r), provided.low(r));
        }
        if rows.is_empty() {
            call.skip(i, "no row says what time it takes");
        } else if gap.is_nan() {
            call.skip(i, "the hours that it takes, or those given, are not known");
        } else {
            call.write(GAP, i, gap, low, high);
            if gap > tolerable {
                call.note(i, RISKS, &format!("{} hours a week are missing", gap));
            }
        }
    }
    0
}

// --- The plugin ------------------------------------------------------------------------------------

static PLUGIN: Constant<Plugin> = Constant(Plugin {
    size: std::mem::size_of::<Plugin>(),
    id: text("template-plugin\0"),
    version: text("0.1.0\0"), // of the code
    revision: 1,              // raise it when results change
    properties: 0,            // properties it lacks: enum uptake_properties
    title: text("template-plugin\0"),
    summary: text("How many hours a week are missing?\0"),
    source: text("needed minus provided, never below nothing, summed over the rows of an innovation\0"),
    reads: rows(&READS.0),
    params: rows(&PARAMS.0),
    writes: rows(&WRITES.0),
    params_bytes: std::mem::size_of::<Params>(),
    state_bytes: 0, // statistics over the whole portfolio
    state_size: None,
    process: Some(process),
    update: None,
    combine: None,
    finish: None,
});

static PLUGINS: Constant<[&Plugin; 1]> = Constant([&PLUGIN.0]);
static BUNDLE: Constant<Bundle> = Constant(Bundle {
    size: std::mem::size_of::<Bundle>(),
    abi_major: 1,
    abi_minor: 0,
    plugins: rows(&PLUGINS.0),
});

#[no_mangle]
pub extern "C" fn uptake_bundle_1() -> *const Bundle {
    &BUNDLE.0
}
