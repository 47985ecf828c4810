"""The settings that keep readers, editors and what they send safe; `settings.py` takes all of them over."""

from datetime import timedelta

import django

from newsroom.environment import env

HTTPS = env.bool("HTTPS", default=False)

# Cookies and the way here.

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Proxies of our own say by which way a request came; what anybody else says of it is not heard.
if HTTPS and env.int("NEWSROOM_PROXIES", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers come by HTTPS alone from then on, and there is no taking it back before this time is over.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
# Whether other hosts of the domain speak HTTPS, and whether browsers know it by heart, is for who owns it to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# What pages may load and do, and who may show them.

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_DIRECTIVES = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
if django.VERSION >= (6, 0):
    CSP_MIDDLEWARE = "django.middleware.csp.ContentSecurityPolicyMiddleware"
    SECURE_CSP = CONTENT_SECURITY_DIRECTIVES
else:
    CSP_MIDDLEWARE = "csp.middleware.CSPMiddleware"
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": CONTENT_SECURITY_DIRECTIVES}
# A newspaper needs none of what a browser can reach of its machine; writing to the clipboard copies citations.
DENIED_FEATURES = (
    "accelerometer autoplay browsing-topics camera display-capture geolocation gyroscope hid magnetometer microphone"
    " midi payment publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
).split()
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in DENIED_FEATURES)

# Signing in.

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# So many wrong passwords for one name from one network address, and no more are looked at until the time is over.
AXES_FAILURE_LIMIT = env.int("NEWSROOM_SIGN_IN_ATTEMPTS", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Whoever goes on trying does not make it longer: somebody else may sit behind the same address.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "newsroom.accounts.throttling.address_of"
AXES_LOCKOUT_CALLABLE = "newsroom.accounts.throttling.locked_out"
# What was tried is counted and forgotten; who signed in stands in the list of sessions.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
# Everybody who comes to the desk needs a second factor; without it each decides for their own account.
NEWSROOM_REQUIRE_SECOND_FACTOR = env.bool("NEWSROOM_REQUIRE_SECOND_FACTOR", default=False)

# Errors that are mailed say where, not what somebody sent.
DEFAULT_EXCEPTION_REPORTER_FILTER = "newsroom.watch.discretion.Reported"

# Passwords.

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
