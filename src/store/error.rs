//! What can go wrong with the journal, as few kinds as there are reactions to it; apart so that every file of
//! the store shares them.

use rusqlite::ErrorCode;

use crate::domain::ShipmentId;

/// Why something could not be read or recorded. After [`Full`](Self::Full), [`Io`](Self::Io) or
/// [`Corrupt`](Self::Corrupt) nothing more may be sent.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left on the disk.
    #[error("the disk is full")]
    Full,
    /// The disk or the file system refused.
    #[error("the journal cannot be read or written: {0}")]
    Io(String),
    /// What was read is not what was written.
    #[error("the journal is damaged: {0}")]
    Corrupt(String),
    /// Another program holds the file.
    #[error("another program holds the journal")]
    Busy,
    /// The order has another open shipment; nothing was written.
    #[error("the order is taken by shipment {}", .0.0)]
    OrderTaken(ShipmentId),
    /// There is no such shipment under this account; nothing was written.
    #[error("shipment {} is not in the journal of this account", .0.0)]
    UnknownShipment(ShipmentId),
    /// There is no such account or file; nothing was written.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// Another account of this folder has the same AppID; nothing was written.
    #[error("another account has this AppID")]
    AppIdTaken,
    /// A fault of this program or an unusual answer of SQLite.
    #[error("the journal answered: {0}")]
    Other(String),
}

impl StoreError {
    /// The disk or the file is at fault: what has happened cannot be recorded.
    pub fn stops_sending(&self) -> bool {
        match self {
            Self::Full | Self::Io(_) | Self::Corrupt(_) | Self::Busy | Self::Other(_) => true,
            Self::OrderTaken(_) | Self::UnknownShipment(_) | Self::Unknown(_) | Self::AppIdTaken => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error() else {
            // A column of another type than ours: the file is not what we wrote. The values stay out.
            let mistyped = matches!(
                error,
                rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::Utf8Error(..)
            );
            return if mistyped {
                Self::Corrupt(String::from("a value has the wrong type or range"))
            } else {
                Self::Other(error.to_string())
            };
        };
        let words = rusqlite::ffi::code_to_str(code.extended_code).to_owned();
        #[allow(
            clippy::wildcard_enum_match_arm,
            reason = "SQLite's list of codes grows; those that are not named are treated alike"
        )]
        match code.code {
            ErrorCode::DiskFull => Self::Full,
            // A file that ends too early is no fault of the disk.
            ErrorCode::SystemIoFailure if code.extended_code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ => {
                Self::Corrupt(words)
            }
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied => Self::Io(words),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Corrupt(words),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            _ => Self::Other(words),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        // The error's own text may name a path; its kind is enough.
        let kind = error.kind();
        if matches!(
            kind,
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
        ) {
            Self::Full
        } else {
            Self::Io(kind.to_string())
        }
    }
}

/// Why a journal could not be opened, and could not be recovered either. In no case was an existing file
/// changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another program works on this folder.
    #[error("another program (process {pid}) works on this data folder")]
    Locked {
        /// Its process number; 0 when it cannot be read.
        pid: u32,
    },
    /// The folder cannot be made or written, or is a symbolic link.
    #[error("the data folder cannot be used: {0}")]
    Folder(#[source] std::io::Error),
    /// The folder lies on a network drive, where a journal cannot be kept safely.
    #[error("the data folder lies on a network drive ({0})")]
    Network(String),
    /// A newer version of the program wrote it.
    #[error("the journal was written by a newer version of the program")]
    NewerSchema,
    /// It is not readable as a journal.
    #[error("the journal is damaged")]
    Damaged,
    /// Something else.
    #[error(transparent)]
    Store(StoreError),
}

/// While a file is opened, "corrupt" is the file's verdict and not one call's.
impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Corrupt(_)) {
            Self::Damaged
        } else {
            Self::Store(error)
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}
