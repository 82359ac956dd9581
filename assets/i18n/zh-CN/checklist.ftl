# 微信查不到订单时的核对清单。

checklist-open = 按清单核对…
checklist-title = 微信查不到这个订单，可能是这七个原因
checklist-intro = 订单 { $number } 没有发货，也不会丢。能自动检查的已经检查过，其余的请您逐条核对。
checklist-waited = 已检查：等了 { $minutes } 分钟，不是刚付款的延迟。
checklist-just-now = 可能就是它：还不到一分钟，请稍等，会自动再查。
checklist-settled = 已检查：商户号都已授权确认。只有在授权之前付款的订单才会受影响。
checklist-not-settled = 可能就是它：还有商户号没有确认授权。
checklist-not-checked = 还没有检查，请运行账号体检。
checklist-service-closed = 可能就是它：这个小程序没有开通订单发货管理。
checklist-appid = 当前账号的 AppID 是 { $appid }，请核对订单是不是它的。
checklist-own-number = 已检查：用的是微信支付单号，与商户号无关。
checklist-no-mchid = 账号里没有填商户号，请填写，或改用微信支付单号。
checklist-mchid = 账号里的商户号是 { $mchid }，请核对。
checklist-mchid-fits = 已检查：商户号 { $mchid } 与本机读到的订单一致。
checklist-mchid-differs = 可能就是它：本机读到的订单都不是商户号 { $mchid } 的。
checklist-number-fits = 已检查：号码的样子是微信支付单号。
checklist-number-odd = 可能就是它：号码不像微信支付单号（28 位数字，4 开头）。
checklist-ask-again = 现在再查一次
checklist-test = 运行账号体检
checklist-settings = 打开设置
checklist-close = 关闭
