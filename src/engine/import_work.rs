//! The passes over the rows of the open file that lead to its verdicts, a slice at a time, so that a person can stop
//! them and the loop goes on with everything else. A small file is through in its first slice.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use super::import_lookup::Find;
use super::import_state::Import;
use super::kept::Keeper;
use super::packed;
use super::run::Engine;
use super::snapshot::BatchPhase;
use crate::domain::{
    Judge, Known, Mark, Needs, OrderAnswer, OrderNumber, PlanOptions, PlannedRow, PlannedShipment, Prior,
    Problem, ProblemKind, RowStatus, ShipmentId, Survey, Timestamp, TransactionId,
};

/// Rows of one slice. Also the largest file that has its verdicts at once.
const SLICE_ROWS: usize = 4_000;
/// How often the rows that were read are counted for the shells.
const READING_SHOWN_EVERY: Duration = Duration::from_millis(200);
/// Different unknown spellings of couriers that are counted.
const MOST_SPELLINGS: usize = 2_000;

/// A pass, and where it is.
#[derive(Debug)]
pub(super) enum Work {
    /// Which orders must be asked for.
    Find(Find),
    /// Which rows belong together.
    Survey {
        at: usize,
        survey: Survey,
        settled: Settled,
    },
    /// What becomes of each.
    Judge(Box<Judging>),
}

/// What stays the same while a plan is made.
#[derive(Debug)]
pub(super) struct Settled {
    options: PlanOptions,
    now: Timestamp,
    /// The intents are wanted too.
    to_send: bool,
}

/// The verdicts so far.
#[derive(Debug)]
pub(super) struct Judging {
    at: usize,
    settled: Settled,
    judge: Judge,
    journal: HashMap<TransactionId, Prior>,
    plan: Keeper<PlannedRow>,
    found: Found,
    /// The disk refused.
    full: bool,
}

/// What the verdicts have brought besides themselves.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) status: Vec<RowStatus>,
    pub(super) marks: Vec<Mark>,
    pub(super) asks_for_preset: bool,
    /// The first row of each order that may be sent, and a sum over what would be sent.
    pub(super) ready: Vec<(u32, u64)>,
    /// The rows that only lack the permission to correct, in their order.
    pub(super) correctable: Vec<u32>,
    /// Empty unless they are wanted.
    pub(super) shipments: Vec<PlannedShipment>,
    /// The rows that a shipment in the journal covers already and may still move.
    pub(super) linked: BTreeMap<ShipmentId, Vec<usize>>,
    pub(super) needs: Needs,
    /// In how many rows each unknown spelling of a courier stands.
    pub(super) unknown: BTreeMap<String, usize>,
    /// How many rows each spelling counts in that a person has given a courier.
    pub(super) picked: Vec<usize>,
}

impl Engine {
    /// Goes on with the pass; the result is when to ask again.
    pub(super) fn pump_import(&mut self, stopping: bool) -> Option<Timestamp> {
        let now = self.clock.now();
        if stopping {
            return None;
        }
        if self.show_reading() {
            return Some(now.plus(READING_SHOWN_EVERY));
        }
        self.import.as_ref()?.work.as_ref()?;
        self.work_on_import();
        Some(now)
    }

    /// How many rows were read so far; `false` when none are being read.
    fn show_reading(&mut self) -> bool {
        if let Some(import) = &mut self.import
            && let BatchPhase::Reading { rows } = &mut import.phase
        {
            let read = import.rows_read.load(std::sync::atomic::Ordering::Relaxed);
            let read = usize::try_from(read).unwrap_or(usize::MAX);
            if *rows != read {
                *rows = read;
                self.dirty.batch = true;
            }
            return true;
        }
        false
    }

    /// One slice of the passes.
    pub(super) fn work_on_import(&mut self) {
        let mut left = SLICE_ROWS;
        while let Some(mut import) = self.import.take_if(|import| import.work.is_some() && left > 0) {
            self.dirty.batch = true;
            let total = import.rows.len();
            match import.work.take() {
                Some(Work::Find(mut find)) => {
                    let done = self.find_slice(&import, &mut find, &mut left);
                    if done {
                        self.import = Some(import);
                        self.found_out(find);
                        continue;
                    }
                    import.work = Some(Work::Find(find));
                }
                Some(Work::Survey {
                    mut at,
                    mut survey,
                    settled,
                }) => {
                    self.survey_slice(&import, &settled, (&mut at, &mut survey), &mut left);
                    import.phase = comparing(at, total);
                    import.work = Some(if at < total {
                        Work::Survey { at, survey, settled }
                    } else {
                        self.surveyed(survey, settled)
                    });
                }
                Some(Work::Judge(mut judging)) => {
                    self.judge_slice(&import, &mut judging, &mut left);
                    import.phase = comparing(total.saturating_add(judging.at), total);
                    if judging.at >= total || judging.full {
                        self.judged(import, *judging);
                        continue;
                    }
                    import.work = Some(Work::Judge(judging));
                }
                None => {}
            }
            self.import = Some(import);
        }
    }

    /// Gives every row its verdict, from the beginning.
    pub(super) fn plan_batch(&mut self) {
        let Some(mut import) = self.import.take() else {
            return;
        };
        crate::step::at("before-plan");
        let settled = Settled {
            options: self.options_for(&import),
            now: self.clock.now(),
            to_send: import.release.is_some(),
        };
        import.work = Some(Work::Survey {
            at: 0,
            survey: Survey::default(),
            settled,
        });
        import.phase = comparing(0, import.rows.len());
        self.import = Some(import);
        self.dirty.batch = true;
        self.work_on_import();
    }

    /// The answer for an order number of the file: what was asked for it, else what the list says.
    pub(super) fn answer_for(&self, import: &Import, number: &OrderNumber) -> OrderAnswer {
        if let Some(answer) = import.asked.get(number) {
            return match answer {
                // It was taken into the list when it came, so what stands there is never older.
                OrderAnswer::Found(order) => {
                    let known = self.book.get(&order.transaction_id).unwrap_or(order);
                    OrderAnswer::Found(Arc::clone(known))
                }
                OrderAnswer::NotFound
                | OrderAnswer::Ambiguous(_)
                | OrderAnswer::Failed(_)
                | OrderAnswer::NotAsked => answer.clone(),
            };
        }
        match self.known_as(number).as_slice() {
            [order] if import.by_list && self.fresh.contains(&order.transaction_id) => {
                OrderAnswer::Found(Arc::clone(order))
            }
            [] | [_] => OrderAnswer::NotAsked,
            several => OrderAnswer::Ambiguous(several.len()),
        }
    }

    fn with_known<T>(
        &self,
        import: &Import,
        settled: &Settled,
        journal: &HashMap<TransactionId, Prior>,
        act: impl FnOnce(&Known<'_>) -> T,
    ) -> T {
        act(&Known {
            orders: &|number| Some(self.answer_for(import, number)),
            names_an_order: &|number| self.book.has_number(number),
            journal,
            columns: &import.file.columns,
            couriers: &self.couriers,
            options: &settled.options,
            now: settled.now,
        })
    }

    fn survey_slice(
        &self,
        import: &Import,
        settled: &Settled,
        (at, survey): (&mut usize, &mut Survey),
        left: &mut usize,
    ) {
        self.with_known(import, settled, &HashMap::new(), |known| {
            while *at < import.rows.len() && *left > 0 {
                // A row that cannot be had back is counted all the same, and held later.
                let row = import.rows.key(*at).unwrap_or_default();
                survey.row(&row, known);
                *at = at.saturating_add(1);
                *left = left.saturating_sub(1);
            }
        });
    }

    fn surveyed(&mut self, survey: Survey, settled: Settled) -> Work {
        let ids: Vec<TransactionId> = survey
            .orders()
            .map(|order| order.transaction_id.clone())
            .collect();
        let journal = self.tell_store(|store, appid| store.priors(appid, &ids));
        Work::Judge(Box::new(Judging {
            at: 0,
            settled,
            judge: survey.finish(),
            journal: journal.unwrap_or_default(),
            plan: Keeper::new(&self.config.data_dir, packed::VERDICTS),
            found: Found::default(),
            full: false,
        }))
    }

    fn judge_slice(&self, import: &Import, judging: &mut Judging, left: &mut usize) {
        let Judging {
            at,
            settled,
            judge,
            journal,
            plan,
            found,
            full,
        } = judging;
        self.with_known(import, settled, journal, |known| {
            // A verdict may read the other rows of its order again.
            let read = Cell::new(0_usize);
            let rows = |index: usize| {
                read.set(read.get().saturating_add(1));
                import.rows.get(index)
            };
            while *at < import.rows.len() && *left > 0 && !*full {
                let mut shipment = None;
                let mut planned = judge.verdict(*at, &rows, known, &mut |found| shipment = Some(found));
                let row = import.rows.get(*at).unwrap_or_default();
                super::presets::warn_of_shapes(&row, &mut planned, &self.couriers);
                found.take(*at, &planned, shipment, settled.to_send);
                found.marks.push(Mark::of(&row, &planned, &import.file.columns));
                for pick in import.rows.picks_of(&row) {
                    if found.picked.len() <= pick {
                        found.picked.resize(pick.saturating_add(1), 0);
                    }
                    if let Some(count) = found.picked.get_mut(pick) {
                        *count = count.saturating_add(1);
                    }
                }
                *full = plan.push(&planned).is_err();
                *at = at.saturating_add(1);
                *left = left.saturating_sub(read.take().max(1));
            }
        });
    }

    /// Every row has its verdict.
    fn judged(&mut self, mut import: Import, judging: Judging) {
        let plan = Some(judging.plan).filter(|_| !judging.full);
        let Some(plan) = plan.and_then(|plan| plan.finish().ok()) else {
            let row = u32::try_from(judging.at).unwrap_or(u32::MAX);
            let problem = ProblemKind::FileTooLarge { row };
            Arc::make_mut(&mut import.file).problems.push(problem.into());
            import.phase = BatchPhase::Unusable;
            self.import = Some(import);
            return;
        };
        import.plan = plan;
        self.planned(import, judging.found);
    }
}

impl Found {
    fn take(&mut self, index: usize, planned: &PlannedRow, shipment: Option<PlannedShipment>, to_send: bool) {
        self.status.push(planned.status);
        self.needs.take(planned);
        self.asks_for_preset |= super::presets::is_asked_for(planned);
        let lacks = |problem: &Problem| problem.what == ProblemKind::AlreadyShipped { corrections_left: 1 };
        if planned.problems.iter().any(lacks) {
            self.correctable.extend(u32::try_from(index));
        }
        if let Some(id) = planned
            .shipment
            .filter(|_| planned.status != RowStatus::AlreadyDone)
        {
            self.linked.entry(id).or_default().push(index);
        }
        for problem in &planned.problems {
            if let (ProblemKind::UnknownCourier { .. }, Some(spelling)) = (&problem.what, &problem.value)
                && (self.unknown.len() < MOST_SPELLINGS || self.unknown.contains_key(spelling))
            {
                let count = self.unknown.entry(spelling.clone()).or_default();
                *count = count.saturating_add(1);
            }
        }
        let Some(shipment) = shipment else { return };
        self.ready.push(key_of(&shipment));
        if to_send {
            self.shipments.push(shipment);
        }
    }
}

/// By which a shipment is known again: its first row, and a sum over what would be sent.
pub(super) fn key_of(shipment: &PlannedShipment) -> (u32, u64) {
    let mut sum = DefaultHasher::new();
    shipment.intent.fingerprint().hash(&mut sum);
    if let Some(grant) = shipment.intent.reship() {
        // A correction is another one when WeChat shows something else that it corrects.
        grant.seen.hash(&mut sum);
        grant.seen_finish_count.hash(&mut sum);
    }
    shipment.rows.hash(&mut sum);
    let row = shipment.rows.first().copied().unwrap_or_default();
    (u32::try_from(row).unwrap_or(u32::MAX), sum.finish())
}

/// Both passes together go once over the file.
fn comparing(rows: usize, total: usize) -> BatchPhase {
    BatchPhase::Comparing {
        done: rows.checked_div(2).unwrap_or_default(),
        total,
    }
}
