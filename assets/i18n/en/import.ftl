# Importing a file: check, send, result.

import-title = Import
