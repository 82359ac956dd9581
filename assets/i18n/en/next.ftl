# What happens to a shipment next, since when it stands so, and how far it is.

next-since = Since { $at }, for { $span }
next-since-sent = First sent { $sent }; looked at since { $at }, for { $span }

next-send = In line: looked at, then sent
next-send-place = In line at place { $place }
next-send-place-time = In line at place { $place }, about { $span }
next-send-at = In { $in } ({ $at }): looked at, then sent
next-again = In line: looked at, then sent again
next-again-at = In { $in } ({ $at }): looked at, then sent again
next-ask = WeChat is being asked for the order
next-ask-at = In { $in } ({ $at }): asked for again
next-answer = Waits for WeChat's answer
next-look = Being looked at
next-look-at = In { $in } ({ $at }): looked at again
next-decide = Your decision

next-held-continue = Goes on when you continue
next-held-account = Goes on once the account is repaired
next-held-journal = Goes on once the journal can be written
next-held-folder = In { $in } ({ $at }): until then a new data folder only looks
next-held-quota = In { $in } ({ $at }): today's calls are used up
next-held-team = In { $in } ({ $at }): the team's folder is asked again; nothing is sent before it answers
next-held-answer = In { $in } ({ $at }): tried again, for nothing answers now

next-far-again = Try { $attempt } of { $tries }: the same content with the same time. WeChat holds nothing of the tries before.
next-far-asked = { $asked ->
    [one] It was asked for once. If WeChat still does not show it on { $at }, you decide.
   *[other] It was asked for { $asked } times. If WeChat still does not show it on { $at }, you decide.
}
next-far-answer = Try { $attempt } of { $tries }.
next-far-quiet = Until { $at } the shipment may still arrive late, so "not there" proves nothing yet. After that come { $looks } looks that count.
next-far-look = Look { $look } of { $looks } that count.

next-then-send = When the order shows other parcels, nothing is sent and you decide.
next-then-ask = As soon as WeChat shows it, it is looked at and sent by itself.
next-then-answer = If no clear answer comes, the order is looked at before anything is sent again.
next-then-again = A look that shows it ends it as shipped. If the last look shows nothing of it, it is sent again with the same time: try { $attempt } of { $tries }, not before { $at }.
next-then-person = A look that shows it ends it as shipped. If the last look shows nothing of it, you decide, not before { $at }: { $why }.

next-you-nothing = Nothing for you to do.
next-you-take-back = Nothing for you to do. Until it is sent you can take it back.
next-you-continue = Press Continue in the outbox, or run fahuoctl resume.
next-you-account = Repair the account. Nothing is sent and nothing is looked at until then.
next-you-journal = Make room on the disk or let the data folder be written, then start the program again.
