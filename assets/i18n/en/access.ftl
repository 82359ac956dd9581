# How an account comes by its access tokens: a third-party platform, a pasted token, a token service, a program.

## Why a call did not succeed

failure-not-authorised = The Mini Program has not given the platform this permission
    .detail = Nothing was sent.
    .action = Let the Mini Program's administrator authorise the platform again with permission set 142, then go on.
failure-platform-credentials = WeChat did not accept what the third-party platform is known by
    .detail = Nothing was sent.
    .action = Compare the platform's AppID, AppSecret, ticket and refresh token in the account's settings, then go on.
failure-platform-ip = This computer's address is not on the platform's IP allow list
    .detail = WeChat sees the address { $ip }. Nothing was sent.
    .action = Add it on the WeChat Open Platform, in the platform's development settings, and go on after a few minutes.
failure-not-for-platforms = WeChat does not let third-party platforms make this call
    .detail = Everything else works: shipping, files, and orders looked up by number.
    .action = Look orders up by number; the page that messages open is set by the Mini Program itself.
failure-no-token-pasted-stale = The pasted access token is no longer valid
    .detail = Nothing was sent, and what is queued waits.
    .action = Paste a new token in the account's settings, then go on.
failure-no-token-service-down = The token service does not answer
    .detail = Nothing was sent to WeChat; what is queued is tried again by itself.
    .action = Check the token service and this computer's network.
failure-no-token-service-tls = The certificate of the token service is not trusted
    .detail = Nothing was sent to the token service or to WeChat.
    .action = Have a technical person renew the certificate, or compare the address, then go on.
failure-no-token-service-refuses = The token service refused the request
    .detail = Nothing was sent to WeChat.
    .action = Compare the address of the token service and its bearer secret; redirects are not followed.
failure-no-token-service-garbled = The answer of the token service has no token
    .detail = Nothing was sent to WeChat.
    .action = It should be JSON with access_token and expires_in. Have a technical person look at it.
failure-no-token-command-missing = The program that gives the token cannot be started
    .detail = Nothing was sent to WeChat.
    .action = Compare its full path in the account's settings, and see that it may be run.
failure-no-token-command-hangs = The program that gives the token did not end and was stopped
    .detail = Nothing was sent to WeChat; what is queued is tried again by itself.
    .action = Have a technical person look at it; it should print a token and end within 15 seconds.
failure-no-token-command-fails = The program that gives the token ended with an error
    .detail = Nothing was sent to WeChat.
    .action = Have a technical person run it in a terminal and read what it says.
failure-no-token-command-garbled = The program that gives the token printed none
    .detail = Nothing was sent to WeChat.
    .action = It should print the token alone, or JSON with access_token.
failure-no-token-refresh-not-kept = A new refresh token could not be kept on this computer
    .detail = The access token that came with it was not used, and nothing was sent.
    .action = Look at the free space of the disk and at the data folder, then go on.
problem-access-unusable = { $problem ->
        [component_appid] The platform's AppID is not right
        [service_not_https] The address of the token service is not https
        [program] The program is not named by its full path
       *[service_address] The address of the token service is not right
    }
    .detail = Nothing was saved.
    .action = { $problem ->
        [component_appid] An AppID is wx and 16 letters or digits.
        [service_not_https] Only a service on this computer may use http; use https.
        [program] Give the full path, such as /opt/shop/wx-token or C:\shop\wx-token.exe.
       *[service_address] Give the whole address, such as https://erp.example.com/wx/token.
    }

## Codes of WeChat

code-permission-set = The platform lacks the permission set of this call
    .action = Let the Mini Program's administrator authorise the platform again with permission set 142.
code-not-a-platform = The platform's AppID is not valid, or this is the wrong kind of token
    .action = Compare the platform's AppID, and see that the token was fetched by it for this Mini Program.
code-refresh-token = The refresh token of the authorisation is not valid
    .action = Get the refresh token from the platform again and set it for the account; if that fails, have it authorised again.
code-ticket = The platform's component_verify_ticket is old or wrong
    .action = WeChat pushes one about every ten minutes, good for twelve hours. Set the newest one for the account.
code-platform-ip = This computer's address is not on the platform's IP allow list
    .action = Add it to the platform's IP allow list on the WeChat Open Platform.

## The account's settings

settings-access-more = Other ways to connect (advanced)
settings-access = Way to connect
settings-access-secret = The Mini Program's own AppSecret
    .note = The simplest one, right for most merchants
settings-access-platform = A third-party platform
    .note = The Mini Program has authorised a provider's platform, which calls on its behalf
settings-access-token = A pasted access token
    .note = For a short while, two hours at most
settings-access-service = Your own token service
    .note = The token comes from the merchant's own server by https
settings-access-command = A program on this computer
    .note = A program is run here and prints the token
settings-access-missing = Fill this in
settings-access-shape = Only letters, digits and signs without blanks
settings-component-appid = AppID of the platform (component_appid)
settings-component-appid-note = Shown with the platform on the WeChat Open Platform
settings-component-appid-shape = An AppID is letters and digits and begins with wx
settings-component-secret = AppSecret of the platform (component_appsecret)
settings-component-secret-note = Kept encrypted on this computer
settings-ticket = Ticket (component_verify_ticket)
settings-ticket-note = WeChat pushes it to the platform about every ten minutes; good for twelve hours
settings-ticket-age = Filled in { $age }; good for twelve hours
settings-ticket-old = Filled in { $age }, more than twelve hours: a new one is needed when the token ends
settings-refresh-token = Refresh token (authorizer_refresh_token)
settings-refresh-token-note = The platform got it with the authorisation; a new one from WeChat is kept by itself
settings-token = Access token (access_token)
settings-token-note = It is not renewed here; you are asked for a new one when it ends
settings-token-age = Pasted { $age }; { $minutes } min left at most
settings-token-old = Pasted more than two hours ago: paste a new one
settings-service-url = Address of the token service
settings-service-url-note = Answers JSON with access_token and expires_in. Put no secret into the address
settings-service-url-shape = Give the whole address, such as https://erp.example.com/wx/token
settings-service-url-https = Only a service on this computer may use http; use https
settings-service-method = Asked with
settings-service-method-note = POST carries the AppID
settings-bearer = Bearer secret
settings-bearer-note = Optional; sent to the token service with each request, kept encrypted here
settings-program = Full path of the program
settings-program-note = Prints the token, or JSON with access_token, and ends within 15 seconds
settings-program-shape = Give the full path
settings-arguments = Arguments
settings-arguments-note = One on each line; no shell reads them

## The command line

cli-about-account-renew = Fill in new secrets of an account (pasted token, ticket, refresh token …), asked for or read from the lines of stdin
cli-arg-mode = Where access tokens come from: secret, the Mini Program's AppSecret; platform, a third-party platform; token, a pasted one; service, a token service; command, a program
cli-arg-component_appid = AppID of the third-party platform (--mode platform)
cli-arg-token_url = Address of the token service, https (--mode service)
cli-arg-token_post = Ask the token service by POST with the AppID; GET otherwise
cli-arg-token_program = Full path of the program that prints a token (--mode command)
cli-arg-token_argument = One argument of the program; may be repeated, and no shell reads it
cli-column-mode = Access
cli-after-help-account = Secrets never stand on the command line: they are asked for without being shown, or read from stdin, one on
    each line in the order below. All but the AppSecret may stand in the environment instead.
      secret    AppSecret
      platform  FAHUO_COMPONENT_SECRET, FAHUO_COMPONENT_TICKET, FAHUO_REFRESH_TOKEN
      token     FAHUO_ACCESS_TOKEN
      service   FAHUO_TOKEN_BEARER (optional)
      command   none

    Unattended runs need no account: FAHUO_APPID with one of
      FAHUO_APP_SECRET
      FAHUO_ACCESS_TOKEN
      FAHUO_COMPONENT_APPID, FAHUO_COMPONENT_SECRET, FAHUO_COMPONENT_TICKET, FAHUO_REFRESH_TOKEN
      FAHUO_TOKEN_URL, with FAHUO_TOKEN_METHOD=post and FAHUO_TOKEN_BEARER where needed
      FAHUO_TOKEN_COMMAND: the full path of a program, or a JSON list ["/opt/shop/wx-token","--shop","1"]
    None of these is written anywhere; a refresh token that WeChat renews is read from the platform's list next time.
cli-no-other-secret = "{ $name }" was not filled in, so nothing was saved. Type it when asked, or give it as a line on stdin.
cli-type-other-secret = { $name } (not shown while you type):{" "}
cli-type-secret-or-none = { $name } (not shown while you type; Enter when there is none):{" "}
cli-type-secret-or-keep = { $name } (not shown while you type; Enter keeps the one that is there):{" "}
cli-account-renewed = The new secrets of account "{ $name }" are in the system's keyring.
cli-env-two-ways = The environment names several ways to an access token, and it is not clear which one is meant. Nothing was sent. Keep one of FAHUO_APP_SECRET or FAHUO_ACCESS_TOKEN, FAHUO_COMPONENT_APPID, FAHUO_TOKEN_URL and FAHUO_TOKEN_COMMAND.
cli-env-incomplete = FAHUO_COMPONENT_APPID is set, but { $name } is not. Nothing was sent.
cli-env-method = FAHUO_TOKEN_METHOD must be get or post. Nothing was sent.
cli-env-url = FAHUO_TOKEN_URL must be a whole https address (http only for a service on this computer). Nothing was sent.
cli-env-command = FAHUO_TOKEN_COMMAND must be the full path of a program, or a JSON list that begins with it. Nothing was sent.
cli-env-component-appid = FAHUO_COMPONENT_APPID must be letters and digits. Nothing was sent.

## The list of orders and the board

orders-barred = WeChat does not give the list of orders to third-party platforms
orders-barred-advice = Look orders up by number. Shipping and files work; the orders of a file are asked for one by one.
orders-barred-find = Look up a number
orders-barred-title = No order was looked up yet
orders-barred-text = Type a WeChat payment number or the shop's order number above; what is found stays here.
board-barred = WeChat does not give the list of orders to third-party platforms: the board counts the orders that were looked up or shipped here.
