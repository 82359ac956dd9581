# Settings: account, checks, key store, window, about.

settings-title = Settings

settings-account = Account
settings-account-new = New account
settings-account-choose = Account in use
settings-account-temporary = This account comes from the sandbox or the environment. It is not kept and cannot be changed here.
settings-name = Name
settings-name-note = How your staff call this shop
settings-not-saved = Not saved: { $why }
settings-name-missing = Give it a name
settings-appid = AppID
settings-appid-note = Begins with wx; under Development settings of the Mini Program
settings-appid-shape = An AppID is wx and 16 letters or digits
settings-secret = AppSecret
settings-secret-note = Kept sealed; its key lies in the key store of this computer
settings-secret-kept = Kept; type only to replace it
settings-secret-missing = The AppSecret is needed
settings-secret-shape = An AppSecret has 32 letters and digits
settings-mchid = Merchant number
settings-mchid-note = Optional; for files that carry only the shop's order numbers
settings-mchid-shape = A merchant number has 8 to 10 digits
settings-parcels = Most parcels of one order
settings-parcels-note = 10 in WeChat's documents; raise it only when WeChat told you so
settings-contact = Sender's phone
settings-contact-note = SF Express needs one; it is kept with the middle digits hidden
settings-contact-shape = This is not a phone number with four digits at its end
settings-courier = Default courier
settings-courier-none = None
settings-courier-note = For files without a courier column
settings-courier-unknown = This courier is not on WeChat's list
settings-item-desc = Default goods text
settings-item-desc-note = Only where neither the file nor the order says what is in the parcel
settings-save = Save
settings-add = Another account
settings-add-cancel = Cancel
settings-remove = Remove
settings-remove-title = Remove the account { $name }?
settings-remove-body = Its AppSecret is deleted from this computer. The journal of what was sent stays.
settings-remove-no = Keep it

settings-doctor = Account checks
settings-test = Test the account
settings-test-no-account = Save an account first
settings-testing = Testing
settings-tested = Tested { $time }
settings-check-network = WeChat can be reached
settings-check-clock = The clock is right
settings-check-credentials = { $mode ->
        [platform] Platform, authorisation and IP address
        [token] The pasted token and IP address
        [service] Token service and IP address
        [command] The program's token and IP address
       *[secret] AppID, AppSecret and IP address
    }
settings-check-service = { $mode ->
        [platform] The authorised Mini Program has shipping management opened
       *[secret] Shipping management is opened
    }
settings-check-settlement = { $mode ->
        [platform] The authorised Mini Program has settlement confirmed
       *[secret] Settlement is confirmed
    }
settings-check-couriers = Courier list
settings-result-not-run = not tested
settings-result-running = testing
settings-result-passed = all right
settings-result-no = not yet
settings-result-failed = failed
settings-no-network = Check the network of this computer.
settings-no-clock = Set the clock of this computer to the right time.
settings-no-credentials = Check AppID and AppSecret.
settings-no-service = { $mode ->
        [platform] The Mini Program's administrator opens it in its own console: Functions › Order and shipping management. The platform cannot do it.
       *[secret] Open it in WeChat's merchant pages: Mini Program › Functions › Order and shipping management.
    }
settings-no-settlement = { $mode ->
        [platform] The Mini Program's administrator confirms settlement for all merchant numbers in its own console. The platform cannot do it.
       *[secret] Confirm settlement for all merchant numbers in WeChat's merchant pages.
    }
settings-no-couriers = The built-in list is used meanwhile.
settings-couriers-built-in = The built-in list is used.

settings-keys = Key store
settings-keys-unknown = Not tried yet
    .detail = The key store of this computer is opened when an AppSecret is saved or read.
settings-keys-available = Secrets are kept safely
    .detail = The AppSecret lies encrypted; its key is in the key store of this computer.
settings-keys-locked = The key store is locked
    .detail = The AppSecret lasts only until the program ends. Unlock the key store (log in again if need be) and try again.
settings-keys-none = This computer has no key store
    .detail = The AppSecret lasts only until the program ends and is never written unencrypted. On Linux, GNOME Keyring or KWallet provides one.
settings-keys-retry = Try again
settings-team = Several computers
settings-team-off = This computer ships alone
    .detail = When colleagues ship for the same account, share a folder: each order is claimed there before it is sent, so that no order goes out from two computers.
settings-team-on = Every order is claimed before it is sent
    .detail = This computer is { $pc }. While the folder cannot be reached, nothing is sent.
settings-team-folder = Shared folder
settings-team-folder-note = The same folder on every computer, for example on the office's file server
settings-team-key = Team key
settings-team-key-note = The same on every computer; kept like the AppSecret and never shown
settings-team-operator = Your name
settings-team-operator-note = Colleagues see it beside the orders that you have claimed
settings-team-save = Claim orders
settings-team-leave = Ship alone

settings-window = Window
settings-system = As the system
settings-language = Language
settings-theme = Theme
settings-light = Light
settings-dark = Dark
settings-zoom = Size
settings-zoom-in = Larger
settings-zoom-out = Smaller
settings-zoom-reset = 100%
settings-hold = Wait before a file is sent
settings-hold-note = In this time everything can be taken back. With 0 you are asked instead.
settings-seconds = seconds

settings-about = About
settings-version = Version
settings-folder = Data folder
settings-private = No account with us, no statistics: your data stays on this computer and at WeChat.
settings-font-licence = Font: Noto Sans SC (SIL Open Font License 1.1)

settings-columns = Remembered columns
settings-columns-note = Files with these headings are read as it was chosen. Change it on the import page, under Columns.
settings-columns-none = None yet. What you choose under Columns on the import page is kept here.
settings-columns-name = Name: { $headings }
settings-columns-name-hint = Give it a name, such as the warehouse
settings-columns-forget = Forget
settings-columns-forget-name = Forget: { $headings }

settings-watch = Watched folder
settings-watch-off = No folder is watched
    .detail = Files that a warehouse or ERP puts into a folder can be shown on the import page by themselves.
settings-watch-on = Files that arrive are shown on the import page
    .detail = They are never sent by themselves.
settings-watch-folder = Folder in which files arrive
settings-watch-note = Files that are in it already are left alone. Network and cloud folders work too.
settings-watch-save = Watch
settings-watch-choose = Choose a folder…
settings-watch-end = Stop watching

settings-taught = Spellings of couriers
settings-taught-note = What your staff have taught: such a spelling in a file counts as this courier.
settings-taught-none = None yet. When a file names a courier that is not known, choose it in the details of the row and let it be remembered.
settings-taught-courier = Courier for { $spelling }
settings-taught-forget = Forget
settings-taught-forget-name = Forget { $spelling }
settings-taught-off = Not used: WeChat's list lacks this courier

settings-notifications = Desktop notifications
settings-notifications-on = Notify me while the window is not in front
settings-notifications-note = Once each: orders pass 36 or 48 hours, a file is done, something needs you, the account stops. No names, phones or order numbers.

## Data

settings-data = Data
settings-keep = Keep personal data for
settings-keep-note = After that, the record of orders that have ended, item texts, hidden phones, WeChat's answers and push messages are deleted from this computer. Only marks stay, so that nothing is shipped twice. What waits for you is not deleted.
settings-keep-days = { $days } days
settings-keep-forever = For ever
settings-data-export = Export everything…
settings-data-export-name = fahuo-everything.zip
settings-data-delete = Delete old data now…
settings-data-deleting = Deleting old data
settings-data-last = Last cleared { $at }
settings-delete-title = Delete what is older than { $days } days?
settings-delete-body = The record of these orders is deleted from the data files and backups of this computer and cannot be brought back. What was sent is not sent again because of this, and nothing changes at WeChat.
settings-delete-first = Export everything first if you need to keep it.
settings-delete-yes = Delete
settings-delete-no = Keep
