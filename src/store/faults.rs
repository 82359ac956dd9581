//! Failures for the tests of this module: every place at which the disk may refuse asks here first. In the
//! program it is nothing.

use super::StoreError;

/// Which of the coming writes fails.
#[derive(Debug, Default)]
pub(super) struct Faults {
    #[cfg(test)]
    pub(super) plan: Option<Plan>,
}

/// Fails at one place.
#[cfg(test)]
#[derive(Debug)]
pub(super) struct Plan {
    /// Places that are still passed.
    pub(super) passed: usize,
    /// The disk is full, else broken.
    pub(super) full: bool,
    /// It was met.
    pub(super) met: bool,
}

impl Faults {
    /// A place at which the disk may refuse.
    ///
    /// # Errors
    /// When a test asked for it.
    #[cfg(test)]
    pub(super) fn meet(&mut self) -> Result<(), StoreError> {
        let Some(plan) = self.plan.as_mut().filter(|plan| !plan.met) else {
            return Ok(());
        };
        if plan.passed > 0 {
            plan.passed -= 1;
            return Ok(());
        }
        plan.met = true;
        Err(if plan.full {
            StoreError::Full
        } else {
            StoreError::Io(String::from("made by the test"))
        })
    }

    #[cfg(not(test))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the tests have more to do here"
    )]
    pub(super) fn meet(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
