"""The settings of the product that browser tests run in a process of its own: the test database, files as they are."""

import os

from servicedesk.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["PRODUCT_DATABASE"]  # noqa: F405
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RATE_LIMITS = {**RATE_LIMITS, "anonymous_form": "1000/h"}  # noqa: F405
ACCOUNT_RATE_LIMITS = {}
ALLOWED_HOSTS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
