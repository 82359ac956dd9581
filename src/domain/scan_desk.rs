//! The scanner station as a state machine: an order, its parcels, done. What is known about a number comes in with
//! it, what is to be done goes out; a scan that does not belong changes nothing and says why.

use super::shapes;
use super::{CourierChoice, Order, OrderState, ScanCode, TransactionId};

/// Why an order is not shipped at the station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// It is shipped; only a correction could change it, and the station never spends one.
    Shipped,
    /// It is refunded.
    Refunded,
    /// The receipt is confirmed or the money settled.
    Closed,
    /// It was scanned already, or a shipment of it is on its way.
    OnItsWay,
    /// A shipment of it waits for a person's decision.
    Undecided,
    /// Parcels were sent a moment ago that the list of orders does not show yet.
    NotReadYet,
    /// Its state is not known to this program.
    StateUnknown(i64),
}

/// What the station must know of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedOrder {
    /// WeChat's number.
    pub id: TransactionId,
    /// Parcels that WeChat holds already; they are sent along.
    pub held: usize,
    /// The most parcels that it takes, those that it holds among them.
    pub max_parcels: usize,
    /// Why it is not shipped here; `None` when it can be.
    pub barred: Option<Barred>,
}

/// What the local list says about a scanned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderHit {
    /// No order has a number in it.
    None,
    /// One order.
    One(ScannedOrder),
    /// Several orders: which is meant cannot be known.
    Several(usize),
}

/// What was read, with what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The text as the scanner gave it, tidied.
    pub text: String,
    /// The order whose number it is.
    pub order: OrderHit,
    /// The tracking number in it, if any.
    pub parcel: Option<String>,
    /// The order that this tracking number belongs to already, as staff know it.
    pub used_by: Option<String>,
    /// It looks like one of the shop's own order numbers, although no known order has it.
    pub like_order: bool,
}

/// One scanned parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedParcel {
    /// The courier's id.
    pub courier: String,
    /// Its number.
    pub tracking_no: String,
}

/// The settings of the station.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanRules {
    /// The couriers that the shop uses, by id; the first is taken where a number says nothing.
    pub couriers: Vec<String>,
    /// Orders take parcels until they are finished; otherwise the first parcel ships the order.
    pub several: bool,
}

/// A parcel whose courier a person must decide: the same scan again keeps the usual one, the command takes the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourierQuestion {
    /// The parcel.
    pub tracking_no: String,
    /// What the shop takes otherwise.
    pub usual: String,
    /// What the number looks like.
    pub looks_like: String,
}

/// The order that is open at the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenScan {
    /// The order.
    pub order: ScannedOrder,
    /// It takes parcels until it is finished.
    pub several: bool,
    /// Its new parcels so far, in the order in which they were scanned.
    pub parcels: Vec<ScannedParcel>,
    /// What a person must decide first.
    pub question: Option<CourierQuestion>,
}

/// The station.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanDesk {
    open: Option<OpenScan>,
}

/// What a scan did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanStep {
    /// An order is open; its parcels are awaited.
    Opened,
    /// No order of the local list has this number: WeChat can be asked.
    AskWeChat(String),
    /// The parcel belongs to the open order, which stays open.
    Added(ScannedParcel),
    /// The order is to be shipped with these new parcels; the station is free again.
    Ship {
        /// The order.
        order: TransactionId,
        /// Its new parcels.
        parcels: Vec<ScannedParcel>,
        /// Nothing more will follow.
        complete: bool,
    },
    /// A person must say which courier it is.
    Asked(CourierQuestion),
    /// The order takes more parcels.
    Several,
    /// The parcel that was scanned last is not in the order any more.
    TakenOut(String),
    /// The order was put aside; nothing of it is sent.
    Dropped(TransactionId),
    /// The order that was scanned last is to be taken back.
    Undo,
    /// It does not belong here; nothing has changed.
    Refused(ScanRefusal),
}

/// Why a scan was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanRefusal {
    /// Neither an order's number nor a parcel's.
    Unreadable,
    /// Several orders carry a number that stands in it.
    SeveralOrders(usize),
    /// The order is not shipped here.
    Barred(Barred),
    /// An order's number where a parcel is awaited.
    OrderInsteadOfParcel,
    /// What looks like the shop's own order numbers where a parcel is awaited: a slip of an order not known here.
    LikeOrder,
    /// A parcel's number where an order is awaited.
    ParcelInsteadOfOrder,
    /// Another order has this parcel already.
    ParcelUsed(String),
    /// This order has this parcel already.
    ParcelTwice,
    /// A piece of a number, or none that a parcel can have.
    NotWhole,
    /// A letter stands where a digit belongs.
    LetterForDigit,
    /// The shop has not said which couriers it uses; the number looks like this one.
    NoCourier(Option<String>),
    /// The order takes no more parcels.
    Full(usize),
    /// The courier of the parcel before is not decided.
    Undecided,
    /// The command needs an open order.
    NoOrder,
    /// The command needs a parcel.
    NoParcel,
    /// The command needs a question.
    NothingAsked,
}

impl ScanDesk {
    /// The open order, if any.
    pub fn open(&self) -> Option<&OpenScan> {
        self.open.as_ref()
    }

    /// Takes one scan.
    pub fn read(&mut self, reading: &Reading, rules: &ScanRules) -> ScanStep {
        if let Some(code) = ScanCode::of(&reading.text) {
            return self.command(code);
        }
        let refused_or = |step: Result<ScanStep, ScanRefusal>| step.unwrap_or_else(ScanStep::Refused);
        if self.open.is_some() {
            refused_or(self.parcel(reading, rules))
        } else {
            refused_or(self.order(reading, rules))
        }
    }

    /// Puts the open order aside.
    pub fn clear(&mut self) -> Option<TransactionId> {
        self.open.take().map(|open| open.order.id)
    }

    fn order(&mut self, reading: &Reading, rules: &ScanRules) -> Result<ScanStep, ScanRefusal> {
        match &reading.order {
            OrderHit::Several(count) => Err(ScanRefusal::SeveralOrders(*count)),
            OrderHit::One(order) => {
                if let Some(barred) = order.barred {
                    return Err(ScanRefusal::Barred(barred));
                }
                self.open = Some(OpenScan {
                    // A partly shipped order is never finished by a habit.
                    several: rules.several || order.held > 0,
                    order: order.clone(),
                    parcels: Vec::new(),
                    question: None,
                });
                Ok(ScanStep::Opened)
            }
            OrderHit::None => {
                let is_parcel = |number: &String| shapes::looks_like(number).is_some();
                if reading.used_by.is_some() || reading.parcel.as_ref().is_some_and(is_parcel) {
                    return Err(ScanRefusal::ParcelInsteadOfOrder);
                }
                let plain = reading.text.bytes().all(|b| b.is_ascii_graphic());
                if !plain || !(4..=64).contains(&reading.text.len()) {
                    return Err(ScanRefusal::Unreadable);
                }
                Ok(ScanStep::AskWeChat(reading.text.clone()))
            }
        }
    }

    fn parcel(&mut self, reading: &Reading, rules: &ScanRules) -> Result<ScanStep, ScanRefusal> {
        let is_order = reading.order != OrderHit::None || shapes::is_wechat_number(&reading.text);
        if is_order {
            return Err(ScanRefusal::OrderInsteadOfParcel);
        }
        if reading.like_order {
            return Err(ScanRefusal::LikeOrder);
        }
        let number = reading.parcel.clone().ok_or(ScanRefusal::Unreadable)?;
        if !super::scan::is_whole(&number) {
            return Err(ScanRefusal::NotWhole);
        }
        if shapes::has_letter_for_digit(&number) {
            return Err(ScanRefusal::LetterForDigit);
        }
        let open = self.open.as_mut().ok_or(ScanRefusal::NoOrder)?;
        if let Some(question) = &open.question {
            if question.tracking_no != number {
                return Err(ScanRefusal::Undecided);
            }
            let courier = question.usual.clone();
            return Ok(self.add(courier, number));
        }
        if open.parcels.iter().any(|parcel| parcel.tracking_no == number) {
            return Err(ScanRefusal::ParcelTwice);
        }
        if let Some(other) = &reading.used_by {
            return Err(ScanRefusal::ParcelUsed(other.clone()));
        }
        let count = open.order.held.saturating_add(open.parcels.len());
        if count >= open.order.max_parcels {
            return Err(ScanRefusal::Full(open.order.max_parcels));
        }
        match CourierChoice::of(&rules.couriers, &number) {
            CourierChoice::Take(courier) => Ok(self.add(courier, number)),
            CourierChoice::Missing(proposed) => Err(ScanRefusal::NoCourier(proposed)),
            CourierChoice::Ask { usual, looks_like } => {
                let question = CourierQuestion {
                    tracking_no: number,
                    usual,
                    looks_like,
                };
                open.question = Some(question.clone());
                Ok(ScanStep::Asked(question))
            }
        }
    }

    fn add(&mut self, courier: String, tracking_no: String) -> ScanStep {
        let parcel = ScannedParcel { courier, tracking_no };
        let Some(open) = &mut self.open else {
            return ScanStep::Refused(ScanRefusal::NoOrder);
        };
        open.question = None;
        open.parcels.push(parcel.clone());
        if open.several {
            return ScanStep::Added(parcel);
        }
        self.ship(true)
    }

    fn ship(&mut self, complete: bool) -> ScanStep {
        match self.open.take() {
            Some(open) => ScanStep::Ship {
                order: open.order.id,
                parcels: open.parcels,
                complete,
            },
            None => ScanStep::Refused(ScanRefusal::NoOrder),
        }
    }

    fn command(&mut self, code: ScanCode) -> ScanStep {
        let Some(open) = &mut self.open else {
            return match code {
                ScanCode::Undo => ScanStep::Undo,
                ScanCode::Next
                | ScanCode::Finish
                | ScanCode::Later
                | ScanCode::Courier
                | ScanCode::Cancel => ScanStep::Refused(ScanRefusal::NoOrder),
            };
        };
        match code {
            ScanCode::Cancel => {
                let order = open.order.id.clone();
                self.open = None;
                ScanStep::Dropped(order)
            }
            ScanCode::Undo => open.take_back(),
            ScanCode::Next | ScanCode::Finish | ScanCode::Later if open.question.is_some() => {
                ScanStep::Refused(ScanRefusal::Undecided)
            }
            ScanCode::Next => {
                open.several = true;
                ScanStep::Several
            }
            // Without a new parcel an order can be finished with what was shipped before.
            ScanCode::Finish if open.parcels.is_empty() && open.order.held == 0 => {
                ScanStep::Refused(ScanRefusal::NoParcel)
            }
            ScanCode::Later if open.parcels.is_empty() => ScanStep::Refused(ScanRefusal::NoParcel),
            ScanCode::Finish => self.ship(true),
            ScanCode::Later => self.ship(false),
            ScanCode::Courier => match open.question.take() {
                Some(question) => self.add(question.looks_like, question.tracking_no),
                None => ScanStep::Refused(ScanRefusal::NothingAsked),
            },
        }
    }
}

impl OpenScan {
    /// Undo while an order is open: the question, or the parcel that was scanned last.
    fn take_back(&mut self) -> ScanStep {
        let asked = self.question.take().map(|question| question.tracking_no);
        let last = asked.or_else(|| self.parcels.pop().map(|parcel| parcel.tracking_no));
        last.map_or(ScanStep::Refused(ScanRefusal::NoParcel), ScanStep::TakenOut)
    }
}

/// Why an order of this state is not shipped at the station, as far as the order itself tells.
pub fn barred(order: &Order) -> Option<Barred> {
    match order.state {
        OrderState::Refunded => Some(Barred::Refunded),
        OrderState::Received | OrderState::Complete | OrderState::AwaitingSettlement => Some(Barred::Closed),
        OrderState::Unknown(code) => Some(Barred::StateUnknown(code)),
        OrderState::ToShip | OrderState::Shipped => (!order.can_ship()).then_some(Barred::Shipped),
    }
}

#[cfg(test)]
#[path = "scan_desk_tests.rs"]
mod tests;
