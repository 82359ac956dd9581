//! Every call of the contract with the codes that its paragraph names (2.3, 3.1 to 3.10, 5, 7), typed from there.
//!
//! Separate from the catalogue of codes because one code belongs to many calls.

use super::table::row_of;

/// Section 8: what any call with a token may meet before it is looked at.
pub const AT_THE_DOOR: &[i64] = &[
    -1, 40_001, 42_001, 40_014, 41_001, 40_002, 40_013, 40_125, 41_002, 41_004, 40_097, 40_164, 61_004,
    40_243, 43_002, 44_002, 47_001, 44_990, 45_011, 45_009, 48_001, 48_004, 50_002, 50_004, 50_007, 61_003,
    61_007, 61_011, 61_023, 89_501, 89_503, 89_506, 89_507,
];

/// The calls of the delivery service and what it needs of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// (I)
    Upload,
    /// (II)
    UploadCombined,
    /// (III)
    GetOrder,
    /// (IV)
    GetOrderList,
    /// (V)
    Remind,
    /// (VI)
    JumpPath,
    /// (VII)
    IsManaged,
    /// (VIII)
    IsConfirmed,
    /// (X)
    Report,
    /// Section 5.
    Couriers,
    /// Section 1.
    Quota,
    /// Section 2.1.
    Token,
}

/// The codes that the paragraph of each call names, besides those at the door.
pub const CALLS: &[(Call, &str, &[&[i64]])] = &[
    (Call::Upload, "/wxa/sec/order/upload_shipping_info", &[UPLOAD]),
    (
        Call::UploadCombined,
        "/wxa/sec/order/upload_combined_shipping_info",
        &[UPLOAD, &[10_060_013, 268_485_253]],
    ),
    (
        Call::GetOrder,
        "/wxa/sec/order/get_order",
        // 10060028 was met by one user.
        &[&[-1, 10_060_001, 10_060_012, 10_060_014, 10_060_028]],
    ),
    (
        Call::GetOrderList,
        "/wxa/sec/order/get_order_list",
        &[&[-1, 10_060_001, 10_060_011, 10_060_012, 10_060_014]],
    ),
    (
        Call::Remind,
        "/wxa/sec/order/notify_confirm_receive",
        &[&[
            -1, 10_060_001, 10_060_012, 10_060_014, 10_060_028, 10_060_029, 10_060_030, 10_060_032,
        ]],
    ),
    (Call::JumpPath, "/wxa/sec/order/set_msg_jump_path", &[&[-1]]),
    (
        Call::IsManaged,
        "/wxa/sec/order/is_trade_managed",
        &[&[-1, 40_013, 40_097, 44_990, 61_003, 61_004, 61_011, 48_001]],
    ),
    (
        Call::IsConfirmed,
        "/wxa/sec/order/is_trade_management_confirmation_completed",
        &[&[-1, 40_013, 40_097, 44_990, 61_003, 61_004, 61_011, 48_001]],
    ),
    (
        Call::Report,
        "/wxa/sec/order/opspecialorder",
        &[&[-1, 268_546_000, 268_546_001, 268_546_002]],
    ),
    (
        Call::Couriers,
        "/cgi-bin/express/delivery/open_msg/get_delivery_list",
        &[&[-1, 40_003, 9_300_507, 9_410_000]],
    ),
    (
        Call::Quota,
        "/cgi-bin/openapi/quota/get",
        &[&[-1, 76_003, 76_021, 76_022]],
    ),
];

const UPLOAD: &[i64] = &[
    -1,
    10_060_001,
    10_060_002,
    10_060_003,
    10_060_004,
    10_060_005,
    10_060_006,
    10_060_007,
    10_060_008,
    10_060_009,
    10_060_012,
    10_060_014,
    10_060_019,
    10_060_020,
    10_060_023,
    10_060_024,
    10_060_025,
    10_060_026,
    10_060_031,
    268_485_194,
    268_485_195,
    268_485_196,
    268_485_197,
    268_485_216,
    268_485_224,
    268_485_226,
    268_485_227,
    268_485_228,
    // Not in the paragraph: from section 8.
    40_003,
    268_440_065,
];

/// Section 2.3: the token call, where 40001 speaks of the secret and there is nothing to renew.
pub const TOKEN: &[(i64, &str)] = &[
    (-1, "busy"),
    (40_001, "secret"),
    (40_002, "refused"),
    (40_013, "appid"),
    (40_125, "secret"),
    (40_164, "ip"),
    (40_243, "secret"),
    (41_002, "appid"),
    (41_004, "secret"),
    (43_002, "refused"),
    (45_009, "day"),
    (45_011, "minute"),
    (50_004, "limited"),
    (50_007, "limited"),
    (89_501, "confirm"),
    (89_503, "confirm"),
    (89_506, "confirm"),
    (89_507, "confirm"),
];

/// Section 7, with the HTTP status that goes with each word and whether the same question may work later.
pub const PAY_GLOBAL: &[(u16, &str, bool)] = &[
    (404, "ORDER_NOT_EXIST", false),
    (500, "SYSTEM_ERROR", true),
    (400, "PARAM_ERROR", false),
    (400, "INVALID_REQUEST", false),
    (401, "SIGN_ERROR", false),
    (429, "FREQUENCY_LIMIT", true),
    (429, "RATELIMIT_EXCEEDED", true),
];

impl Call {
    /// It changes something: an unknown outcome is never taken for a no.
    pub fn is_write(self) -> bool {
        matches!(
            self,
            Self::Upload | Self::UploadCombined | Self::Remind | Self::JumpPath | Self::Report
        )
    }

    /// What the client must make of a code that the contract names for this call.
    pub fn demands(self, code: i64) -> &'static str {
        let row = row_of(code);
        if self.is_write() {
            row.on_write
        } else {
            row.on_read
        }
    }

    /// All its documented codes, each once.
    pub fn documented(self) -> Vec<i64> {
        let (_, _, own) = CALLS
            .iter()
            .find(|(call, ..)| *call == self)
            .expect("it is in the table");
        let mut all: Vec<i64> = own
            .iter()
            .copied()
            .flatten()
            .chain(AT_THE_DOOR)
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
