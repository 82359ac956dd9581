# The command line, fahuoctl.

cli-about = Fahuo's command line: check and send files of shipments
