# Settings and the account's checks.

settings-title = Settings
