//! The outbox as stories without a network: what happened in, effects out.
