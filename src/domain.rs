//! The vocabulary of the program: orders, parcels, intents, shipments and what can be wrong with them.
//!
//! Everything here is pure: no input or output, no clock, no async. Time is an argument.

pub mod access;
pub mod alerts;
pub mod batch;
pub mod candidates;
mod changes;
pub mod claim;
pub mod combined;
pub mod courier;
mod currency;
mod damaged;
pub mod diagnostics;
pub mod errand;
pub mod errand_next;
pub mod failure;
pub mod history;
pub mod intent;
mod intent_check;
pub mod jump_path;
pub mod look;
pub mod money;
pub mod needs;
pub mod order;
pub mod outlook;
pub mod parcel;
pub mod payment;
pub mod plain_text;
pub mod plan;
mod plan_group;
mod plan_pass;
pub mod private;
pub mod probe;
pub mod probe_answer;
pub mod probe_next;
pub mod probe_shown;
pub mod probe_step;
pub mod problem;
pub mod problem_kind;
pub mod push;
pub mod results;
pub mod scan;
pub mod scan_courier;
pub mod scan_desk;
pub mod shapes;
pub mod shipment;
pub mod shopping;
pub mod spreadsheet;
pub mod time;
pub mod transition;

pub use access::{Access, AccessMode, AccessProblem, SecretField, ServiceMethod};
pub use alerts::Alert;
pub use batch::{
    ChangedCell, Column, Counts, FileRow, Ignored, ImportedFile, OrderNumber, Repaired, RowParcel, RowStatus,
    column_letters,
};
pub use candidates::{Candidate, Reason, candidates};
pub use changes::{Change, Mark, changes, is_changed};
pub use claim::{ClaimAnswer, Claimant, ClaimsTrouble};
pub use combined::{Combined, CombinedDraft};
pub use courier::{Courier, CourierList, Taught};
pub use diagnostics::{
    CallQuota, DayQuota, RESET_TYPED, RESETS_PER_MONTH, RID_DAYS, ResetState, Resets, RidRecord, parse_rid,
};
pub use errand::{
    Errand, ErrandEnd, ErrandId, ErrandKind, ErrandState, ErrandWhy, pre_sale_bounds, pre_sale_moment,
};
pub use errand_next::{ErrandEvent, next_errand};
pub use failure::{CallFailure, FailureKind, TokenTrouble};
pub use history::{
    Changed, Details, Facts, FromFile, Happened, HistoryKind, HistoryLine, HistoryQuery, JournalEntry,
    NumberKind,
};
pub use intent::{Delivery, DeliveryMode, Draft, Grant, Intent, LogisticsType, ParcelDraft, Rules};
pub use jump_path::{JumpPath, JumpState, PathProblem, opened_page, path_problems};
pub use look::{Look, Verdict, decide};
pub use money::Fen;
pub use needs::Needs;
pub use order::{OpenId, Order, OrderKey, OrderQuery, OrderState, ShippedParcel, Shipping, TransactionId};
pub use outlook::{Obstacle, Outlook, Pause, Step, Untouched};
pub use parcel::{Contact, CourierId, ItemDesc, MaskedContact, Parcel, ParcelId, TrackingNo};
pub use payment::{
    PayAmount, PayFailure, PayFailureKind, PayNumber, PayPromotion, PayRate, PayState, Payment,
};
pub use plan::{
    Known, OrderAnswer, Plan, PlanOptions, PlannedRow, PlannedShipment, Prior, by_deadline, plan,
};
pub use plan_pass::{Judge, RowAt, Survey};
pub use private::hide_private;
pub use probe::{Outcome, Probe, ProbeRefusal, ProbeState, ProbeStop, Sent};
pub use probe_answer::{Finding, ProbeAnswer, ProbeAnswers, Question};
pub use probe_next::{ProbeEvent, next_probe};
pub use probe_shown::{Shown, ShownParcel};
pub use probe_step::ProbeStep;
pub use problem::{Field, Problem, Severity};
pub use problem_kind::ProblemKind;
pub use push::{EventKey, EventKind, PushEvent, PushPhase, PushRefusal};
pub use results::{FileNotSaved, FileSaved, RowResult, RowWords, RowsOut};
pub use scan::{ScanCode, parcel_number};
pub use scan_courier::CourierChoice;
pub use scan_desk::{
    Barred, CourierQuestion, OpenScan, OrderHit, Reading, ScanDesk, ScanRefusal, ScanRules, ScanStep,
    ScannedOrder, ScannedParcel,
};
pub use shipment::{
    Answer, Decision, Doubt, Event, Hold, InvalidTransition, Now, Policy, Refusal, Shipment, ShipmentId,
    State, Why,
};
pub use shopping::{
    ShoppingCall, ShoppingDraft, ShoppingId, ShoppingOrder, ShoppingProblem, ShoppingRecord, ShoppingRules,
    ShoppingState,
};
pub use time::Timestamp;
pub use transition::next;
