"""What MDN's HTTP Observatory would say of an answer: its published scale, counted here."""

import re

SAFE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
YEAR_AND_HALF = 15_768_000


def score(headers, page, cookie=""):
    """(points, what costs): 100 and more is A+."""
    points, bonus, costs = 100, 0, []

    def ask(is_good, cost, what, gift=0):
        nonlocal points, bonus
        if is_good:
            bonus += gift
        else:
            points -= cost
            costs.append(f"-{cost}: {what}")

    get = lambda name: headers.get(name, "")
    policy = {part.split()[0]: part.split()[1:] for part in get("Content-Security-Policy").split(";") if part.split()}
    default = policy.get("default-src")
    for kind in ("script-src", "style-src", "object-src"):
        allowed = set(policy.get(kind, default or ["*"]))
        ask(not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"}, 20, f"{kind}: {allowed}")
    ask(default == ["'none'"], 0, "", 10)
    ask("frame-ancestors" in policy, 20, "may be framed", 5)
    if cookie:
        ask("secure" in cookie.lower(), 40, "session cookie without Secure")
        ask("httponly" in cookie.lower(), 30, "session cookie without HttpOnly")
        ask("samesite" in cookie.lower(), 0, "", 5)
    seconds = re.search(r"max-age=(\d+)", get("Strict-Transport-Security"))
    ask(seconds and int(seconds[1]) >= YEAR_AND_HALF, 20, "HSTS missing or short")
    ask(get("X-Content-Type-Options") == "nosniff", 5, "type guessed")
    ask(get("Referrer-Policy") in SAFE_REFERRERS, 5, "referrer told", 5)
    ask(get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site"), 0, "", 10)
    ask("Access-Control-Allow-Origin" not in headers, 50, "open to other sites")
    ask(not re.search(rb"<(script|link)[^>]+(src|href)=\"(https?:)?//", page), 5, "something from elsewhere")
    return points + (bonus if points >= 90 else 0), costs
