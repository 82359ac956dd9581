//! Which courier carries a scanned parcel. Apart from the station, because the rule knows nothing of what is open.

use super::shapes;

/// Who carries a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourierChoice {
    /// This one of the shop's couriers.
    Take(String),
    /// The number looks like a courier that the shop did not name: a person decides.
    Ask {
        /// What the shop takes otherwise.
        usual: String,
        /// What the number looks like.
        looks_like: String,
    },
    /// The shop has not said which couriers it uses; the number may propose one.
    Missing(Option<String>),
}

impl CourierChoice {
    /// The shape of the number chooses among the shop's couriers, and decides nothing beyond them.
    pub fn of(couriers: &[String], tracking_no: &str) -> Self {
        let proposed = shapes::looks_like(tracking_no);
        let Some(usual) = couriers.first() else {
            return Self::Missing(proposed.map(str::to_owned));
        };
        let Some(looks_like) = proposed else {
            return Self::Take(usual.clone());
        };
        let fits = |courier: &&String| shapes::disagrees(tracking_no, courier).is_none();
        match couriers.iter().find(fits) {
            Some(courier) => Self::Take(courier.clone()),
            None => Self::Ask {
                usual: usual.clone(),
                looks_like: looks_like.to_owned(),
            },
        }
    }
}
