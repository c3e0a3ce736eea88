"""People and what they sign in with. One role per person; rules about roles live in the policy tables, not here."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.querysets import ApiKeyQuerySet, SavedViewQuerySet, UserManager, UserQuerySet
from accounts.roles import STAFF, Role


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by e-mail address. `zone` empty: the browser's guess is not trusted, UTC is shown."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.CUSTOMER)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    zone = models.CharField(_("time zone"), max_length=60, blank=True)
    theme = models.CharField(_("theme"), max_length=10, blank=True)
    density = models.CharField(_("density"), max_length=10, blank=True)
    keys = models.CharField(_("single-key shortcuts"), max_length=10, blank=True)  # empty: on; "off"
    # Page -> how this person wants it drawn ({"queue": {"group": "owner"}}); the page knows what the values mean.
    display = models.JSONField(default=dict, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff_member(self) -> bool:
        return self.role in STAFF

    @property
    def is_staff(self) -> bool:
        """What Django admin asks: administrators only."""
        return self.role == Role.ADMINISTRATOR

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django admin asks this: administrators may what its pages offer, nobody else anything."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Team(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    lead = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="leads_teams")
    members = models.ManyToManyField(User, related_name="teams", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """Who is called under a name of the escalation ladder ("local_manager"), from when until when (half-open)."""

    code = models.SlugField(_("duty"))
    user = models.ForeignKey(User, models.CASCADE, related_name="duties")
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["code", "starts_at", "pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duty list")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(starts_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="duty_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.user}"


class ApiKey(models.Model):
    """256 random bits, of which only the SHA-256 is stored; a slow password hash would cost more than the request."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Write")

    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet["ApiKey"].as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"


class SignIn(models.Model):
    """A browser in which somebody is signed in: what he needs to recognise it. Gone with its session."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=300, blank=True)  # as the browser names itself
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self) -> str:
        return f"{self.user}, {self.address}"


class SavedView(models.Model):
    """A name for a filter of the queue: one's own, a team's, or with neither the whole desk's.

    `query` is the filter as it stands in the address. Deleted ones stay until nobody can want them back.
    """

    LONGEST_NAME = 60

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.CharField(_("filter"), max_length=500, blank=True)
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="saved_views")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="saved_views")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedViewQuerySet["SavedView"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True) | models.Q(team__isnull=True), name="saved_view_of_one"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None


class IdempotentAnswer(models.Model):
    """The first answer to an Idempotency-Key, kept 24 h per holder, so that a repeated request does not act twice."""

    holder = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "key"], name="idempotency_key_once_per_holder")]
        indexes = [models.Index(fields=["created_at"], name="idempotent_created")]

    def __str__(self) -> str:
        return self.key
