//! uptake's plugin ABI 1.0 for Rust: the declarations of include/uptake/plugin.h that a plugin without a state needs, and
//! safe ways to use them. Layouts are C's; the host checks every size and index when it loads the bundle.
#![allow(dead_code)]

use std::os::raw::{c_char, c_int, c_void};

pub const NO_LIMIT: f64 = f64::INFINITY;
/// The entity of a finding about an innovation as a whole.
pub const INNOVATION: u32 = u32::MAX;

/// Types of reads, params and writes.
pub const NUMBER: u32 = 1;
pub const CHOICE: u32 = 2;
/// Flags of a read.
pub const REQUIRED: u32 = 1;
pub const DOUBT: u32 = 2;
/// Flags of a write.
pub const BOUNDS: u32 = 1;
pub const OPTIONAL: u32 = 2;
/// Which end of a measure is better.
pub const LOWER: i32 = -1;
pub const NEITHER: i32 = 0;
pub const HIGHER: i32 = 1;
/// Levels of a finding.
pub const BLOCKS: c_int = 1;
pub const RISKS: c_int = 2;
pub const HELPS: c_int = 3;
pub const NOT_KNOWN: c_int = 4;

/// A text of the ABI: write it with a zero at its end, `text("...\0")`.
pub type Text = *const c_char;
pub const fn text(words: &'static str) -> Text {
    words.as_ptr() as Text
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Rows {
    pub rows: *const c_void,
    pub count: usize,
    pub stride: usize,
}
pub const fn rows<T>(array: &'static [T]) -> Rows {
    Rows { rows: array.as_ptr() as *const c_void, count: array.len(), stride: std::mem::size_of::<T>() }
}
pub const NO_ROWS: Rows = Rows { rows: std::ptr::null(), count: 0, stride: 0 };

#[repr(C)]
pub struct Read {
    pub index: u32,
    pub kind: u32,
    pub flags: u32,
    pub path: Text,
    pub unit: Text,
    pub min: f64,
    pub max: f64,
    pub choices: *const Text,
    pub doc: Text,
}

#[repr(C)]
pub struct Param {
    pub kind: u32,
    pub flags: u32,
    pub name: Text,
    pub offset: usize,
    pub bytes: usize,
    pub number: f64,
    pub text: Text,
    pub min: f64,
    pub max: f64,
    pub unit: Text,
    pub choices: *const Text,
    pub doc: Text,
}

#[repr(C)]
pub struct Write {
    pub index: u32,
    pub kind: u32,
    pub flags: u32,
    pub better: i32,
    pub name: Text,
    pub entity: Text,
    pub unit: Text,
    pub min: f64,
    pub max: f64,
    pub tolerance: f64,
    pub quantity: Text,
    pub choices: *const Text,
    pub rests_on: Rows,
    pub doc: Text,
}

#[repr(C)]
pub struct Plugin {
    pub size: usize,
    pub id: Text,
    pub version: Text,
    pub revision: u32,
    pub properties: u32,
    pub title: Text,
    pub summary: Text,
    pub source: Text,
    pub reads: Rows,
    pub params: Rows,
    pub writes: Rows,
    pub params_bytes: usize,
    pub state_bytes: usize,
    pub state_size: Option<extern "C" fn(*const c_void, *const c_void) -> usize>,
    pub process: Option<extern "C" fn(*mut Call) -> c_int>,
    pub update: Option<extern "C" fn(*mut Call) -> c_int>,
    pub combine: Option<extern "C" fn(*mut c_void, *const c_void, *const c_void) -> c_int>,
    pub finish: Option<extern "C" fn(*mut Call) -> c_int>,
}

#[repr(C)]
pub struct Bundle {
    pub size: usize,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub plugins: Rows,
}

/// Everything above is constant, so that threads may share it.
pub struct Constant<T>(pub T);
unsafe impl<T> Sync for Constant<T> {}

#[repr(C)]
struct Column {
    index: u32,
    kind: u32,
    values: *const c_void,
    low: *const f64,
    high: *const f64,
    kinds: *const u8,
    offsets: *const i64,
    rows: u64,
    pair_rows: *const i64,
    pair_fields: *const i32,
}

#[repr(C)]
struct Out {
    index: u32,
    kind: u32,
    values: *mut c_void,
    low: *mut f64,
    high: *mut f64,
    rows: u64,
}

#[repr(C)]
struct Host {
    size: usize,
    note: *const c_void,
    write_text: *const c_void,
    skip: *const c_void,
    fail: *const c_void,
    note_plain: extern "C" fn(*mut Call, u32, u64, c_int, *const c_char, usize),
    write_plain: extern "C" fn(*mut Call, u32, u64, *const c_char, usize),
    skip_plain: extern "C" fn(*mut Call, u64, *const c_char, usize),
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Period {
    pub start: i32,
    pub end: i32,
}

#[repr(C)]
pub struct Call {
    size: usize,
    pub first: u64,
    pub count: u64,
    pub innovations: u64,
    params: *const c_void,
    state: *mut c_void,
    pub as_of: Period,
    pub as_of_given: u32,
    columns: Rows,
    outs: Rows,
    text_pool: *const c_char,
    text_offsets: *const u64,
    text_count: u64,
    host: *const Host,
    private: *mut c_void,
}

/// Numbers by row: best value, least and most. Rows are absolute, as `Call::rows` gives them.
#[derive(Clone, Copy)]
pub struct Numbers {
    best: *const f64,
    low: *const f64,
    high: *const f64,
}
impl Numbers {
    /// row: of the batch's rows.
    pub fn best(&self, row: i64) -> f64 {
        unsafe { *self.best.wrapping_offset(row as isize) }
    }
    pub fn low(&self, row: i64) -> f64 {
        unsafe { *self.low.wrapping_offset(row as isize) }
    }
    pub fn high(&self, row: i64) -> f64 {
        unsafe { *self.high.wrapping_offset(row as isize) }
    }
}

impl Call {
    fn column(&self, read: u32) -> &Column {
        unsafe { &*((self.columns.rows as *const u8).add(read as usize * self.columns.stride) as *const Column) }
    }
    fn out(&self, write: u32) -> &Out {
        unsafe { &*((self.outs.rows as *const u8).add(write as usize * self.outs.stride) as *const Out) }
    }
    /// T: the struct that the plugin's params describe.
    pub fn params<T>(&self) -> &T {
        unsafe { &*(self.params as *const T) }
    }
    /// The rows of the list that a read stands in which belong to innovation i of the batch.
    pub fn rows(&self, read: u32, i: usize) -> std::ops::Range<i64> {
        let offsets = self.column(read).offsets;
        unsafe { *offsets.add(i)..*offsets.add(i + 1) }
    }
    /// A number read. Without DOUBT its low and high are its best value.
    pub fn numbers(&self, read: u32) -> Numbers {
        let column = self.column(read);
        let best = column.values as *const f64;
        let or_best = |end: *const f64| if end.is_null() { best } else { end };
        Numbers { best, low: or_best(column.low), high: or_best(column.high) }
    }
    /// Writes a number of innovation i of the batch, and its bounds where the write declares them.
    pub fn write(&mut self, write: u32, i: usize, best: f64, low: f64, high: f64) {
        assert!((i as u64) < self.count);
        let out = self.out(write);
        unsafe {
            *(out.values as *mut f64).add(i) = best;
            if !out.low.is_null() {
                *out.low.add(i) = low;
                *out.high.add(i) = high;
            }
        }
    }
    /// A finding about innovation i of the batch.
    pub fn note(&mut self, i: usize, level: c_int, words: &str) {
        let host = self.host;
        unsafe { ((*host).note_plain)(self, INNOVATION, i as u64, level, words.as_ptr() as Text, words.len()) }
    }
    /// Innovation i of the batch cannot be assessed, because ...: its writes are dropped.
    pub fn skip(&mut self, i: usize, words: &str) {
        let host = self.host;
        unsafe { ((*host).skip_plain)(self, i as u64, words.as_ptr() as Text, words.len()) }
    }
}
