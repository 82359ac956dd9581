# The frame of the window: navigation, notices, shortcuts.

app-title = Fahuo
