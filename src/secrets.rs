//! Secrets sealed under one key that lives in the keyring of the system.
