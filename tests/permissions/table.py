"""Who may do what, written by hand: what the code allows is held against this table.

A way is a method, the name of an address, and what is sent where one address does several things.
FORM is a page that shows its form to those only who may send it; POST and PATCH send. Whoever adds
an address adds it here, below its verb.
"""

from dataclasses import dataclass
from enum import StrEnum


class Actor(StrEnum):
    """Somebody of each kind; world.py makes them."""

    ADMIN = "administrator"
    PMO = "PMO"
    LEAD = "lead of the team"
    OTHER_LEAD = "lead of another team"
    OWNER = "owner, absent today"
    DELEGATE = "delegate of the absent owner"
    KEEPER = "owner of the objective above"
    REQUESTER = "who asked for another target"
    EXECUTIVE = "executive"
    VIEWER = "viewer"
    STRANGER = "PMO of another plan"
    SITE_ADMIN = "administrator of the site, in no plan"
    INACTIVE = "PMO whose account was closed"
    NOBODY = "nobody signed in"


MEMBERS = frozenset(Actor) - {Actor.STRANGER, Actor.SITE_ADMIN, Actor.INACTIVE, Actor.NOBODY}
SIGNED_IN = MEMBERS | {Actor.STRANGER, Actor.SITE_ADMIN}
EVERYBODY = frozenset(Actor)
STEWARDS = frozenset({Actor.ADMIN, Actor.PMO})


@dataclass(frozen=True, slots=True)
class Row:
    """Who may do a verb to a noun, in which ways, and what all other members are told."""

    verb: str
    noun: str
    may: frozenset[Actor]
    ways: tuple[str, ...]
    says: str = ""


ADD_OBJECTIVE = Row(
    "add",
    "objective",
    STEWARDS | {Actor.LEAD, Actor.OTHER_LEAD},
    ("FORM objectives:objective_new", "POST api:objective-list"),
    "Only administrators, the PMO and team leads may add objectives.",
)
CHANGE_OBJECTIVE = Row(
    "change",
    "objective",
    STEWARDS | {Actor.LEAD, Actor.OWNER},
    (
        "FORM objectives:objective_change",
        "FORM objectives:objective_close",
        "FORM objectives:objective_archive",
        "FORM objectives:objective_restore",
        "FORM objectives:objective_copy",
        "FORM objectives:key_result_new",
        "PATCH api:objective-detail",
        "POST api:objective-close",
        "POST api:objective-archive",
        "POST api:objective-restore",
        "POST api:objective-copy",
        "POST api:objective-key-results",
    ),
    "Only administrators, the PMO, the lead of its team and its owner may change this objective.",
)
CHANGE_KEY_RESULT = Row(
    "change",
    "key result",
    STEWARDS | {Actor.LEAD, Actor.OWNER, Actor.KEEPER},
    (
        "FORM objectives:key_result_change",
        "FORM objectives:check_in_correct",
        "FORM objectives:target_change_new",
        "FORM objectives:target_drop_new",
        "FORM objectives:target_add_new",
        "PATCH api:key-result-detail",
        "POST api:check-in-correct",
        "POST api:target-change-list move",
        "POST api:target-change-list drop",
        "POST api:target-change-list add",
    ),
    "Only administrators, the PMO, the lead of its team and its owner may change this key result.",
)
MOVE_LINE = Row(
    "move the line of",
    "key result",
    STEWARDS,
    ("POST objectives:key_result_change line", "PATCH api:key-result-detail line"),
    "Only administrators and the PMO move bounds, weight or a known baseline.",
)
DECIDE_TARGET = Row(
    "approve or reject",
    "change of a target",
    STEWARDS,
    (
        "POST approvals:request_detail approve",
        "POST approvals:request_detail reject",
        "POST objectives:target_change_detail approve",
        "POST objectives:target_change_detail reject",
        "POST api:target-change-approve",
        "POST api:target-change-reject",
    ),
    "Only the PMO approves or rejects a change of a target.",
)
WITHDRAW_REQUEST = Row(
    "withdraw",
    "request",
    frozenset({Actor.REQUESTER}),
    (
        "POST approvals:request_detail withdraw",
        "POST objectives:target_change_detail withdraw",
        "POST api:target-change-withdraw",
    ),
    "Only the person who made the request may withdraw it.",
)
COMMENT = Row(
    "comment on",
    "objective or key result",
    MEMBERS,
    (
        "POST objectives:objective_comments",
        "POST objectives:key_result_comments",
        "POST api:objective-comments",
        "POST api:key-result-comments",
    ),
)
MARK_CRITERIA = Row(
    "mark the criteria of",
    "milestone",
    STEWARDS | {Actor.LEAD, Actor.OWNER},
    ("FORM milestones:milestone_acceptance", "POST api:milestone-criteria"),
    "Only administrators, the PMO, the lead of its team and its owner may say which criteria are "
    "met.",
)
ACCEPT_MILESTONE = Row(
    "accept",
    "milestone",
    STEWARDS,
    (
        "POST milestones:milestone_acceptance accept",
        "FORM milestones:milestone_reopening",
        "POST api:milestone-accept",
        "POST api:milestone-reopen",
    ),
    "Only administrators and the PMO accept a milestone.",
)
MOVE_TASK = Row(
    "move",
    "task",
    STEWARDS | {Actor.LEAD},
    ("POST api:task-move",),
    "Only administrators, the PMO and the lead of its team may move this task.",
)
MOVE_PACKAGE = Row(
    "move",
    "work package",
    STEWARDS | {Actor.LEAD},
    ("POST api:work-package-move",),
    "Only administrators, the PMO and the lead of its milestone's team may move this work package.",
)
REPORT = Row(
    "report on",
    "key result or task",
    STEWARDS | {Actor.LEAD, Actor.OWNER, Actor.DELEGATE},
    (
        "POST cadence:week key result",
        "POST cadence:week task",
        "POST cadence:week_row key result",
        "POST cadence:week_row task",
        "GET cadence:week_preview key result",
        "GET cadence:week_preview task",
        "POST api:check-in-list",
    ),
    "This is somebody else's: only its owner or their delegate, the lead of its team, the PMO and "
    "administrators report on it.",
)
REPORT_BY_LINK = Row(
    "report by the link of a mail on",
    "key result or task",
    frozenset({Actor.OWNER, Actor.DELEGATE}),
    ("FORM cadence:link_form key result", "FORM cadence:link_form task"),
    "This item is no longer yours",
)
SEND_AGAIN = Row(
    "send again",
    "message",
    STEWARDS,
    ("POST outbox:notification_resend",),
    "Only the PMO and administrators of this plan can send a message again.",
)
SEE_PLAN = Row(
    "see",
    "plan and all that is in it",
    MEMBERS,
    (
        "GET front:plan_page",
        "GET plans:item_explain",
        "GET objectives:objective_list",
        "GET objectives:objective_detail",
        "GET objectives:objective_comments",
        "GET objectives:objective_tree",
        "GET objectives:archived_list",
        "GET objectives:key_result_detail",
        "GET objectives:key_result_as_known",
        "GET objectives:key_result_comments",
        "GET objectives:key_result_targets",
        "GET objectives:target_detail",
        "GET approvals:request_list",
        "GET approvals:request_detail",
        "GET objectives:target_change_list",
        "GET objectives:target_change_detail",
        "GET milestones:milestone_list",
        "GET milestones:milestone_detail",
        "GET milestones:task_list",
        "GET milestones:task_detail",
        "GET risks:risk_list",
        "GET risks:risk_detail",
        "GET risks:risk_summary",
        "GET risks:item_risks",
        "GET risks:key_result_risks",
        "GET cadence:week",
        "GET cadence:week_row",
        "GET cadence:discipline",
        "GET cadence:discipline_summary",
        "GET alerts:alert_list",
        "GET alerts:alert_summary",
        "GET outbox:notification_list",
        "GET outbox:notification_detail",
        "GET outbox:notification_mail",
        "GET api:plan-detail",
        "GET api:phase-list",
        "GET api:objective-list",
        "GET api:objective-detail",
        "GET api:objective-comments",
        "GET api:key-result-list",
        "GET api:key-result-detail",
        "GET api:key-result-comments",
        "GET api:target-list",
        "GET api:target-detail",
        "GET api:target-change-list",
        "GET api:target-change-detail",
        "GET api:target-change-preview",
        "GET api:check-in-list",
        "GET api:week-list",
        "GET api:discipline-list",
        "GET api:milestone-list",
        "GET api:milestone-detail",
        "GET api:milestone-criteria",
        "GET api:work-package-list",
        "GET api:work-package-detail",
        "GET api:task-list",
        "GET api:task-detail",
        "GET api:link-list",
        "GET api:risk-list",
        "GET api:risk-detail",
        "GET api:alert-list",
        "GET api:notification-list",
        "GET api:level-change-list",
        "GET api:item-explanation",
    ),
)
SEE_OWN = Row(
    "see",
    "own plans and the description of the API",
    SIGNED_IN,
    ("GET front:home", "GET api:docs", "GET api:schema", "GET api:plan-list"),
)
OWN_SETTINGS = Row(
    "change",
    "own settings and absences",
    SIGNED_IN,
    (
        "FORM people:profile",
        "POST people:absence_add",
        "POST people:absence_delete",
        "POST set_language",
    ),
)
CHOOSE = Row(
    "choose",
    "language and colours",
    EVERYBODY,
    ("POST people:language_set", "POST core:theme_set"),
)
SEE_OPEN = Row(
    "see",
    "state of the site, style guide of the demo",
    EVERYBODY,
    ("GET front:healthz", "GET front:readyz", "GET core:styleguide"),
)
ADMINISTER = Row(
    "administer",
    "accounts, roles, teams and holidays",
    frozenset({Actor.SITE_ADMIN}),
    (
        "FORM admin:people_user_add",
        "FORM admin:plans_membership_add",
        "FORM admin:plans_membership_change",
        "FORM admin:plans_team_add",
        "FORM admin:plans_calendarday_add",
    ),
)

TABLE = (
    ADD_OBJECTIVE,
    CHANGE_OBJECTIVE,
    CHANGE_KEY_RESULT,
    MOVE_LINE,
    DECIDE_TARGET,
    WITHDRAW_REQUEST,
    COMMENT,
    MARK_CRITERIA,
    ACCEPT_MILESTONE,
    MOVE_TASK,
    MOVE_PACKAGE,
    REPORT,
    REPORT_BY_LINK,
    SEND_AGAIN,
    SEE_PLAN,
    SEE_OWN,
    OWN_SETTINGS,
    CHOOSE,
    SEE_OPEN,
    ADMINISTER,
)

# ways that ask another rule first, whose sentence comes first then
ASKS_FIRST = {
    "POST objectives:key_result_change line": CHANGE_KEY_RESULT,
    "PATCH api:key-result-detail line": CHANGE_KEY_RESULT,
    "POST milestones:milestone_acceptance accept": MARK_CRITERIA,
}
# its form leaves out what they may not change, and keeps the rest of what they send
LEFT_OUT = "POST objectives:key_result_change line"
# what nobody changes of an objective that is closed or archived, whoever asks
NEEDS_OPEN = (
    "FORM objectives:objective_change",
    "FORM objectives:objective_close",
    "FORM objectives:key_result_new",
    "PATCH api:objective-detail",
    "POST api:objective-close",
    "POST api:objective-key-results",
    *CHANGE_KEY_RESULT.ways,
    "POST cadence:week key result",
    "POST cadence:week_row key result",
    "GET cadence:week_preview key result",
    "POST api:check-in-list",
)

# The administration of the site guards itself, and so do the pages of accounts: named here, so that
# a new one is looked at.
ADMINISTERED = (
    "account_emailaddress",
    "auth_group",
    "mfa_authenticator",
    "people_user",
    "plans_calendarday",
    "plans_membership",
    "plans_team",
)
ACCOUNT_OPEN = (
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
)
ACCOUNT_OWN = (
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
)
