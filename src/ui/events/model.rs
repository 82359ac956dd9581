//! What the page of push messages knows: which messages a filter shows, and what the looks at their orders found, in
//! words. Built once for each list and filter.

use std::sync::Arc;

use crate::domain::{EventKind, PushEvent, PushPhase, PushRefusal};
use crate::engine::snapshot::{EventLook, EventRecord, EventsView};
use crate::i18n::{Lang, explain_failure, explain_push_refusal, format, state_name, text, text_with};
use crate::ui::orders::model::{Said, Tone};

/// Which messages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Every one.
    #[default]
    All,
    /// Orders that are unshipped for more than 48 hours.
    Overdue,
    /// Orders whose money is on its way.
    Waiting,
    /// Orders whose money was settled.
    Settled,
    /// Reminders that nothing was ever shipped.
    Access,
}

impl Filter {
    /// All of them, in the order of the counters.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Overdue,
        Self::Waiting,
        Self::Settled,
        Self::Access,
    ];

    /// The message with its word.
    pub fn word_id(self) -> &'static str {
        match self {
            Self::All => "events-count-all",
            Self::Overdue => "events-count-overdue",
            Self::Waiting => "events-count-waiting",
            Self::Settled => "events-count-settled",
            Self::Access => "events-count-access",
        }
    }

    fn shows(self, event: &PushEvent) -> bool {
        match self {
            Self::All => true,
            Self::Overdue => event.event == EventKind::RemindShipping,
            Self::Waiting => matches!(event.phase(), Some(PushPhase::Shipped | PushPhase::Received)),
            Self::Settled => event.phase() == Some(PushPhase::Settled),
            Self::Access => event.event == EventKind::RemindAccess,
        }
    }
}

/// The list as it is shown.
#[derive(Debug, Default)]
pub struct Model {
    filter: Filter,
    list: Arc<[Arc<EventRecord>]>,
    counts: [usize; Filter::ALL.len()],
    rows: Vec<Arc<EventRecord>>,
    selected: Option<Arc<EventRecord>>,
    builds: usize,
}

impl Model {
    /// Follows the list; nothing is built while it is the same.
    pub fn follow(&mut self, view: &EventsView) {
        if !Arc::ptr_eq(&self.list, &view.list) {
            self.list = Arc::clone(&view.list);
            self.build();
        }
    }

    /// Shows other messages.
    pub fn choose(&mut self, filter: Filter) {
        self.filter = filter;
        self.build();
    }

    fn build(&mut self) {
        self.builds = self.builds.saturating_add(1);
        self.counts = Filter::ALL.map(|filter| {
            let shown = self.list.iter().filter(|record| filter.shows(&record.event));
            shown.count()
        });
        let filter = self.filter;
        let shown = self.list.iter().filter(|record| filter.shows(&record.event));
        self.rows = shown.cloned().collect();
        // The same message may have been looked at meanwhile.
        let selected = self.selected.take();
        self.selected = selected.and_then(|old| {
            let same = |record: &&Arc<EventRecord>| record.event.key() == old.event.key();
            self.rows.iter().find(same).cloned()
        });
    }

    /// The filter that is pressed.
    pub fn filter(&self) -> Filter {
        self.filter
    }

    /// How many messages a filter shows.
    pub fn count(&self, filter: Filter) -> usize {
        let place = Filter::ALL.iter().position(|known| *known == filter);
        place
            .and_then(|place| self.counts.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// Rows that are shown.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// No row is shown.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The message of a row.
    pub fn at(&self, position: usize) -> Option<&Arc<EventRecord>> {
        self.rows.get(position)
    }

    /// Chooses a row.
    pub fn select(&mut self, position: usize) {
        self.selected = self.rows.get(position).cloned();
    }

    /// Chooses none.
    pub fn close(&mut self) {
        self.selected = None;
    }

    /// The chosen message.
    pub fn selected(&self) -> Option<&Arc<EventRecord>> {
        self.selected.as_ref()
    }

    /// Its row.
    pub fn selected_position(&self) -> Option<usize> {
        let selected = self.selected.as_ref()?;
        self.rows.iter().position(|record| Arc::ptr_eq(record, selected))
    }

    /// How often the rows were built, for tests.
    pub fn builds(&self) -> usize {
        self.builds
    }
}

/// The tone of a message.
pub fn tone(event: &PushEvent) -> Tone {
    match (event.event, event.phase()) {
        (EventKind::RemindAccess | EventKind::RemindShipping, _) => Tone::Warn,
        (EventKind::Settlement, Some(PushPhase::Settled)) => Tone::Good,
        (EventKind::Settlement, _) => Tone::Busy,
    }
}

/// What the look at the order found.
pub fn look(look: &EventLook, lang: Lang) -> Said {
    let (text, tone) = match look {
        EventLook::Nothing => (text(lang, "events-look-nothing"), Tone::Quiet),
        EventLook::Waiting => (text(lang, "events-look-waiting"), Tone::Busy),
        EventLook::Seen { state, .. } => {
            let args = [("state", state_name(lang, *state).into())];
            (text_with(lang, "events-look-seen", &args), Tone::Plain)
        }
        EventLook::NotFound => (text(lang, "events-look-not-found"), Tone::Warn),
        EventLook::Failed(failure) => (explain_failure(lang, failure).title, Tone::Bad),
    };
    Said { text, tone }
}

/// What was refused since it was last put aside, one line for each reason.
pub fn refusals(
    view: &EventsView,
    put_aside: &[(PushRefusal, u64)],
    lang: Lang,
) -> Vec<(PushRefusal, String)> {
    let line = |(refusal, count): &(PushRefusal, u64)| {
        let before = put_aside.iter().find(|(known, _)| known == refusal);
        let count = count.saturating_sub(before.map_or(0, |(_, count)| *count));
        let words = explain_push_refusal(lang, *refusal);
        let number = usize::try_from(count).unwrap_or(usize::MAX);
        let args = [
            ("count", format::count(number).into()),
            ("why", words.title.into()),
            ("action", words.action.into()),
        ];
        (count > 0).then(|| (*refusal, text_with(lang, "events-refused", &args)))
    };
    view.refused.iter().filter_map(line).collect()
}
