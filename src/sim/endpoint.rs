//! The addresses the pretend WeChat answers, by the paths of the documents.
//!
//! Separate because routing, quotas, faults and the ledger all speak of endpoints, and of nothing else in common.

/// `POST /cgi-bin/stable_token`.
pub const STABLE_TOKEN: &str = "/cgi-bin/stable_token";
/// `POST /cgi-bin/component/api_component_token`.
pub const COMPONENT_TOKEN: &str = "/cgi-bin/component/api_component_token";
/// `POST /cgi-bin/component/api_authorizer_token`.
pub const AUTHORIZER_TOKEN: &str = "/cgi-bin/component/api_authorizer_token";
/// `POST /cgi-bin/component/api_get_authorizer_list`.
pub const AUTHORIZER_LIST: &str = "/cgi-bin/component/api_get_authorizer_list";
/// `POST /cgi-bin/express/delivery/open_msg/get_delivery_list`.
pub const GET_DELIVERY_LIST: &str = "/cgi-bin/express/delivery/open_msg/get_delivery_list";
/// `POST /cgi-bin/openapi/quota/get`.
pub const QUOTA_GET: &str = "/cgi-bin/openapi/quota/get";
/// `POST /cgi-bin/openapi/rid/get`.
pub const RID_GET: &str = "/cgi-bin/openapi/rid/get";
/// `POST /cgi-bin/clear_quota`.
pub const CLEAR_QUOTA: &str = "/cgi-bin/clear_quota";
/// (I) `POST /wxa/sec/order/upload_shipping_info`.
pub const UPLOAD: &str = "/wxa/sec/order/upload_shipping_info";
/// (II) `POST /wxa/sec/order/upload_combined_shipping_info`.
pub const UPLOAD_COMBINED: &str = "/wxa/sec/order/upload_combined_shipping_info";
/// (III) `POST /wxa/sec/order/get_order`.
pub const GET_ORDER: &str = "/wxa/sec/order/get_order";
/// (IV) `POST /wxa/sec/order/get_order_list`.
pub const GET_ORDER_LIST: &str = "/wxa/sec/order/get_order_list";
/// (V) `POST /wxa/sec/order/notify_confirm_receive`.
pub const NOTIFY_CONFIRM_RECEIVE: &str = "/wxa/sec/order/notify_confirm_receive";
/// (VI) `POST /wxa/sec/order/set_msg_jump_path`.
pub const SET_MSG_JUMP_PATH: &str = "/wxa/sec/order/set_msg_jump_path";
/// (VII) `POST /wxa/sec/order/is_trade_managed`.
pub const IS_TRADE_MANAGED: &str = "/wxa/sec/order/is_trade_managed";
/// (VIII) `POST /wxa/sec/order/is_trade_management_confirmation_completed`.
pub const IS_CONFIRMATION_COMPLETED: &str = "/wxa/sec/order/is_trade_management_confirmation_completed";
/// (X) `POST /wxa/sec/order/opspecialorder`.
pub const SPECIAL_ORDER: &str = "/wxa/sec/order/opspecialorder";
/// The other family: `POST /user-order/combine-orders`.
pub const COMBINE_ORDERS: &str = "/user-order/combine-orders";
/// `POST /user-order/combine-orders/shippings`.
pub const COMBINE_SHIPPINGS: &str = "/user-order/combine-orders/shippings";
/// `POST /user-order/shoppinginfo/verify`.
pub const SHOPPING_VERIFY: &str = "/user-order/shoppinginfo/verify";

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// A token for the account.
    StableToken,
    /// A token for a third-party platform itself.
    ComponentToken,
    /// A token for a platform that acts for a merchant.
    AuthorizerToken,
    /// The merchants that have authorised a platform.
    AuthorizerList,
    /// The list of couriers.
    DeliveryList,
    /// The daily quota of one path.
    QuotaGet,
    /// What was received under a request id.
    RidGet,
    /// All quotas begin anew.
    ClearQuota,
    /// (I) Upload shipping info.
    Upload,
    /// (II) Upload combined shipping info.
    UploadCombined,
    /// (III) One order.
    GetOrder,
    /// (IV) A page of orders.
    GetOrderList,
    /// (V) Remind the buyer to confirm receipt.
    NotifyConfirmReceive,
    /// (VI) Set the page a message opens.
    SetMsgJumpPath,
    /// (VII) Is the service opened for this account.
    IsTradeManaged,
    /// (VIII) Is every merchant number authorised.
    IsConfirmationCompleted,
    /// (X) Report a pre-sale or a test order.
    SpecialOrder,
    /// Tell what was bought with a combined order.
    CombineOrders,
    /// Tell how a combined order is shipped.
    CombineShippings,
    /// Ask how an upload of details came out.
    ShoppingVerify,
}

/// Every endpoint with its path.
pub const ALL: [(Endpoint, &str); 20] = [
    (Endpoint::StableToken, STABLE_TOKEN),
    (Endpoint::ComponentToken, COMPONENT_TOKEN),
    (Endpoint::AuthorizerToken, AUTHORIZER_TOKEN),
    (Endpoint::AuthorizerList, AUTHORIZER_LIST),
    (Endpoint::DeliveryList, GET_DELIVERY_LIST),
    (Endpoint::QuotaGet, QUOTA_GET),
    (Endpoint::RidGet, RID_GET),
    (Endpoint::ClearQuota, CLEAR_QUOTA),
    (Endpoint::Upload, UPLOAD),
    (Endpoint::UploadCombined, UPLOAD_COMBINED),
    (Endpoint::GetOrder, GET_ORDER),
    (Endpoint::GetOrderList, GET_ORDER_LIST),
    (Endpoint::NotifyConfirmReceive, NOTIFY_CONFIRM_RECEIVE),
    (Endpoint::SetMsgJumpPath, SET_MSG_JUMP_PATH),
    (Endpoint::IsTradeManaged, IS_TRADE_MANAGED),
    (Endpoint::IsConfirmationCompleted, IS_CONFIRMATION_COMPLETED),
    (Endpoint::SpecialOrder, SPECIAL_ORDER),
    (Endpoint::CombineOrders, COMBINE_ORDERS),
    (Endpoint::CombineShippings, COMBINE_SHIPPINGS),
    (Endpoint::ShoppingVerify, SHOPPING_VERIFY),
];

impl Endpoint {
    /// The endpoint at a path; `None` when WeChat has none there that this program uses.
    pub fn at(path: &str) -> Option<Self> {
        ALL.iter()
            .find(|(_, known)| *known == path)
            .map(|(endpoint, _)| *endpoint)
    }

    /// The query parameter that carries the token of the call; `None` for those that need none.
    pub fn token_parameter(self) -> Option<&'static str> {
        let by_platform = matches!(self, Self::AuthorizerToken | Self::AuthorizerList);
        match self.is_about_tokens() {
            false => Some("access_token"),
            true if by_platform => Some("component_access_token"),
            true => None,
        }
    }

    /// The call is about tokens and part of no service.
    pub fn is_about_tokens(self) -> bool {
        matches!(
            self,
            Self::StableToken | Self::ComponentToken | Self::AuthorizerToken | Self::AuthorizerList
        )
    }

    /// True when the call changes something that cannot be taken back.
    pub fn is_write(self) -> bool {
        match self {
            Self::Upload
            | Self::UploadCombined
            | Self::NotifyConfirmReceive
            | Self::SetMsgJumpPath
            | Self::SpecialOrder
            | Self::ClearQuota
            | Self::CombineOrders
            | Self::CombineShippings => true,
            Self::StableToken
            | Self::ComponentToken
            | Self::AuthorizerToken
            | Self::AuthorizerList
            | Self::DeliveryList
            | Self::QuotaGet
            | Self::RidGet
            | Self::GetOrder
            | Self::GetOrderList
            | Self::IsTradeManaged
            | Self::IsConfirmationCompleted
            | Self::ShoppingVerify => false,
        }
    }
}
