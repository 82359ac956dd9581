# What to go through when WeChat does not know an order.

checklist-open = Go through the checklist…
checklist-title = WeChat does not show this order: seven possible reasons
checklist-intro = Order { $number } was not shipped, and it is not lost. What can be tested was tested; please go through the rest.
checklist-waited = { $minutes ->
    [one] Tested: it was looked for during { $minutes } minute, so it is not the usual delay.
   *[other] Tested: it was looked for during { $minutes } minutes, so it is not the usual delay.
}
checklist-just-now = This may be it: it is less than a minute. It is asked for again by itself.
checklist-settled = Tested: all merchant numbers are confirmed. Only orders paid before that are affected.
checklist-not-settled = This may be it: a merchant number is not confirmed yet.
checklist-not-checked = Not tested yet. Run the account's checks.
checklist-service-closed = This may be it: order shipping management is not opened for this Mini Program.
checklist-appid = This account's AppID is { $appid }. Is the order one of its orders?
checklist-own-number = Tested: WeChat's number was used, so the merchant does not matter.
checklist-no-mchid = The account has no merchant number. Fill it in, or use WeChat's number.
checklist-mchid = The account's merchant number is { $mchid }. Please compare it.
checklist-mchid-fits = Tested: merchant number { $mchid } is that of the orders that were read.
checklist-mchid-differs = This may be it: none of the orders that were read is of merchant number { $mchid }.
checklist-number-fits = Tested: the number has the shape of WeChat's.
checklist-number-odd = This may be it: the number does not look like WeChat's (28 digits that begin with 4).
checklist-ask-again = Ask once more now
checklist-test = Run the account's checks
checklist-settings = Open the settings
checklist-close = Close
