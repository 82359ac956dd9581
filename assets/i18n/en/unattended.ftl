# Unattended use and data: log, completions, manual, folders, how long data is kept.

cli-about-data = How long personal data is kept, deleting it now, everything as one file
cli-about-data-show = Show how long personal data of this account is kept
cli-about-data-keep = Keep personal data so many days (30 to 3650; 0 for ever; 180 until set); older data is deleted at the start and daily
cli-about-data-purge = Delete what ended longer ago than so many days, now
cli-about-data-export = Write everything that the record holds into a ZIP file, without secrets
cli-about-completions = Print the completions of a shell; see the manual for where they go
cli-about-man = Print the manual (groff), or write a page for each command
cli-arg-log_level = How much is noted in the log in the data folder: off, error, warn, info, debug, trace (default: info, or FAHUO_LOG)
cli-arg-shell = The shell: bash, zsh, fish, powershell
cli-arg-into = Write all pages into this folder
cli-arg-days = Days; 0 for ever
cli-arg-older_than = What ended longer ago than so many days
cli-arg-move_finished = Move each file of which nothing is left to do into this folder
cli-folder-unreadable = The folder { $name } cannot be read: { $why }. Nothing was sent. Check the name and its permissions.
cli-folder-empty = There is no file of shipments in { $name }.
cli-moved = { $name } is finished and now lies at { $to }.
cli-not-moved = { $name } is finished but could not be moved: { $why }. Nothing of it will be sent again; move it by hand.
cli-nothing-deleted = Nothing was deleted.
cli-secret-file = The file { $name } that FAHUO_APP_SECRET_FILE names cannot be used: { $why }. Nothing was sent. Check the path; the first line must be the AppSecret.
cli-secret-file-open = The file { $name } holds the AppSecret, and other users can read it. Nothing was sent. Run chmod 600 { $name }.
cli-secret-twice = Set either FAHUO_APP_SECRET or FAHUO_APP_SECRET_FILE, not both. Nothing was sent.
