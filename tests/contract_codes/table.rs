//! Every code of the contract with its class, typed from paragraphs 1, 3.11, 4, 5 and 8 and not from the program.
//!
//! Separate because this is the one list: what the client makes of a code and what people read are compared with it.

use fahuo::i18n::CodeClass;

/// The classes of contract section 8, by their letters there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Certain not to be executed; the same may be sent later.
    R,
    /// Terminal until a person changes something.
    T,
    /// Ambiguous: looked at before anything is sent again.
    A,
    /// Satisfied already: compared, then done.
    I,
    /// Credentials: the token is renewed once.
    C,
    /// The order is not there yet.
    W,
    /// The day's quota.
    L,
}

/// Codes of one class: what a write and a read make of them, and what people are told.
pub struct Row {
    pub class: Class,
    pub on_write: &'static str,
    pub on_read: &'static str,
    pub told: CodeClass,
    pub codes: &'static [i64],
}

const fn row(
    class: Class,
    on_write: &'static str,
    on_read: &'static str,
    told: CodeClass,
    codes: &'static [i64],
) -> Row {
    Row {
        class,
        on_write,
        on_read,
        told,
        codes,
    }
}

/// Section 8, and the codes of sections 1, 2.3, 3.11 and 5 that it does not repeat.
pub const CATALOGUE: &[Row] = &[
    row(Class::A, "unknown", "busy", CodeClass::LookFirst, BUSY),
    row(
        Class::W,
        "wait",
        "wait",
        CodeClass::Wait,
        &[10_060_001, 268_546_002],
    ),
    row(
        Class::I,
        "compare",
        "refused",
        CodeClass::Already,
        &[10_060_002, 10_060_003, 10_060_023, 268_440_065],
    ),
    // Perhaps our own first try: never stamped anew, looked at.
    row(
        Class::A,
        "compare",
        "refused",
        CodeClass::LookFirst,
        &[268_485_216],
    ),
    row(Class::I, "refused", "refused", CodeClass::Already, &[10_060_030]),
    row(Class::T, "refused", "refused", CodeClass::Order, OF_THE_ORDER),
    row(Class::T, "refused", "refused", CodeClass::Order, SHOPPING),
    row(
        Class::T,
        "refused",
        "refused",
        CodeClass::Account,
        SHOPPING_ACCOUNT,
    ),
    // The list begins again.
    row(Class::T, "unknown", "cursor", CodeClass::Later, &[10_060_011]),
    row(
        Class::C,
        "token",
        "token",
        CodeClass::Later,
        &[40_001, 42_001, 40_014],
    ),
    row(Class::C, "token", "token", CodeClass::Account, &[41_001]),
    row(
        Class::T,
        "shape",
        "refused",
        CodeClass::Account,
        &[40_002, 40_097, 43_002, 44_002, 47_001],
    ),
    row(Class::T, "appid", "appid", CodeClass::Account, &[40_013, 41_002]),
    row(
        Class::T,
        "secret",
        "secret",
        CodeClass::Account,
        &[40_125, 41_004, 40_243],
    ),
    row(Class::T, "ip", "ip", CodeClass::Account, &[40_164, 61_004]),
    row(
        Class::T,
        "confirm",
        "confirm",
        CodeClass::Account,
        &[89_501, 89_503, 89_506, 89_507],
    ),
    row(Class::R, "second", "second", CodeClass::Later, &[44_990]),
    row(Class::R, "minute", "minute", CodeClass::Later, &[45_011]),
    row(Class::L, "day", "day", CodeClass::Quota, &[45_009]),
    // Only the reset of quotas gives it: the month's resets are used up.
    row(Class::T, "refused", "refused", CodeClass::Quota, &[48_006]),
    row(Class::T, "service", "service", CodeClass::Account, &[48_001]),
    row(
        Class::T,
        "authorise",
        "authorise",
        CodeClass::Account,
        &[61_003, 61_007],
    ),
    row(
        Class::T,
        "platform",
        "platform",
        CodeClass::Account,
        &[61_011, 61_023],
    ),
    row(
        Class::T,
        "limited",
        "limited",
        CodeClass::Account,
        &[48_004, 50_002, 50_004, 50_007],
    ),
    row(Class::T, "unknown", "refused", CodeClass::Later, &[9_410_000]),
    row(
        Class::T,
        "unknown",
        "refused",
        CodeClass::Account,
        &[9_300_507, 76_001, 76_003, 76_021, 76_022],
    ),
    row(Class::I, "unknown", "refused", CodeClass::Already, &[268_486_048]),
];

const BUSY: &[i64] = &[-1, 10_060_012, 10_060_019];

const OF_THE_ORDER: &[i64] = &[
    10_060_004,
    10_060_005,
    10_060_006,
    10_060_007,
    10_060_008,
    10_060_009,
    10_060_013,
    10_060_014,
    10_060_020,
    10_060_024,
    10_060_025,
    10_060_026,
    10_060_028,
    10_060_029,
    10_060_031,
    10_060_032,
    40_003,
    268_485_194,
    268_485_195,
    268_485_196,
    268_485_197,
    268_485_224,
    268_485_226,
    268_485_227,
    268_485_228,
    268_485_229,
    268_485_230,
    268_485_231,
    268_485_232,
    268_485_253,
    268_546_000,
    268_546_001,
];

/// Section 4: what the form of a shopping order may lack.
pub const SHOPPING: &[i64] = &[
    268_435_461,
    268_457_013,
    268_457_014,
    268_485_192,
    268_485_201,
    268_485_202,
    268_485_203,
    268_485_204,
    268_485_205,
    268_485_206,
    268_485_207,
    268_485_208,
    268_485_209,
    268_485_210,
    268_485_211,
    268_485_212,
    268_485_213,
    268_485_214,
    268_485_217,
    268_485_272,
];
/// Section 4: what the account lacks.
pub const SHOPPING_ACCOUNT: &[i64] = &[268_485_184, 268_485_275];

/// Numbers that no document names, and neighbours of those that are named.
pub const UNLISTED: &[i64] = &[
    1,
    -2,
    200,
    10_060_010,
    10_060_099,
    268_485_215,
    268_485_225,
    268_485_276,
    i64::MAX,
    i64::MIN,
];

/// The row of a code.
#[track_caller]
pub fn row_of(code: i64) -> &'static Row {
    let mut rows = CATALOGUE.iter().filter(|row| row.codes.contains(&code));
    let found = rows
        .next()
        .unwrap_or_else(|| panic!("{code} is not in the catalogue"));
    assert!(rows.next().is_none(), "{code} stands twice");
    found
}
