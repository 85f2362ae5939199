"""Accounts, permissions and keys: the system and the security administrator, each their half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import seat
from yike.doors.desk.forms.people import NewAccount, NewGrant, NewKey, Reason
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.people.faces import GrantRow
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries


@door.staff(roles=seat.ADMINISTRATORS)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """This will list the accounts; part of a name narrows the list."""
    typed, after = request.GET.get("q", ""), request.GET.get("after", "")
    face = people_queries.accounts(actor=seat.who(request), typed=typed, after=after)
    opens = seat.who(request).has(*seat.SYSTEM)
    return show(
        request, "desk/accounts.html", face, typed=typed, opens=opens, names=seat.ROLE_NAMES
    )


@door.staff(roles=seat.SYSTEM)
@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """This will open an account."""
    form = NewAccount(request.POST or None)
    actor = seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: people_actions.create_account(**form.cleaned_data, actor=actor)
    )):  # fmt: skip
        return go(request, "desk:account", made)
    return show(request, "desk/account_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.ADMINISTRATORS)
@require_GET
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """This will show one account with its permissions and what this administrator may change."""
    return _account(request, account_id)


#: what the system administrator does to an account
_SWITCHES: dict[str, Callable[..., Any]] = {
    "deactivate": people_actions.deactivate_account,
    "reactivate": people_actions.reactivate_account,
}


@door.staff(roles=seat.SYSTEM)
@require_POST
def switch_account(request: HttpRequest, account_id: UUID, what: str) -> HttpResponse:
    """This will close or reopen an account, for the reason given."""
    if what not in _SWITCHES:
        raise Http404
    form = Reason(request.POST, auto_id="switch_%s")
    actor = seat.who(request)
    if seat.done(form, _SWITCHES[what], account_id=account_id, actor=actor):
        return go(request, "desk:account", account_id)
    return _account(request, account_id, switch=form)


@door.staff(roles=seat.SYSTEM)
@require_POST
def reset_password(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """This will show a one-time password once, to be told in person."""
    fresh = people_actions.reset_password(account_id=account_id, actor=seat.who(request))
    return _account(request, account_id, fresh=fresh)


@door.staff(roles=seat.SYSTEM)
@require_POST
def unlock(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """This will let somebody try to sign in again at once."""
    people_actions.unlock_sign_in(account_id=account_id, actor=seat.who(request))
    return go(request, "desk:account", account_id)


@door.staff(roles=seat.SECURITY)
@require_POST
def give_grant(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """This will give a role."""
    form = NewGrant(request.POST, auto_id="give_%s")
    actor = seat.who(request)
    if seat.done(form, people_actions.give_grant, account_id=account_id, actor=actor):
        return go(request, "desk:account", account_id)
    return _account(request, account_id, give=form)


@door.staff(roles=seat.SECURITY)
@require_POST
def take_grant(request: HttpRequest, account_id: UUID, grant_id: UUID) -> HttpResponse:
    """This will end a role now."""
    form = Reason(request.POST, auto_id=f"take_{grant_id}_%s")
    actor = seat.who(request)
    if seat.done(form, people_actions.take_grant, grant_id=grant_id, actor=actor):
        return go(request, "desk:account", account_id)
    return _account(request, account_id, take=form, taking=grant_id)


@door.staff(roles=seat.SECURITY)
@require_POST
def reset_factor(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """This will take off a lost second factor."""
    form = Reason(request.POST, auto_id="factor_%s")
    actor = seat.who(request)
    if seat.done(form, people_actions.reset_second_factor, account_id=account_id, actor=actor):
        return go(request, "desk:account", account_id)
    return _account(request, account_id, factor=form)


@door.staff(roles=seat.ADMINISTRATORS)
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """This will list the permissions in force, those that deserve a second look first."""
    actor, only = seat.who(request), request.GET.get("only", "") == "due"
    after = request.GET.get("after", "")
    face = people_queries.grants_review(actor=actor, after=after, only_due=only)
    confirms = actor.account_id if actor.has(*seat.SECURITY) else None
    where = _where(face.rows)
    return show(request, "desk/grants.html", face, where=where, only=only, confirms=confirms)


@door.staff(roles=seat.SECURITY)
@require_POST
def confirm_grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """This will note that a permission is still needed, and go on with those that are due."""
    people_actions.confirm_grant(grant_id=grant_id, actor=seat.who(request))
    return HttpResponseRedirect(f"{reverse('desk:grants')}?only=due")


@door.staff(roles=seat.SECURITY)
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """This will list other platforms' keys, and make one; it is shown this one time."""
    form, actor, made = NewKey(request.POST or None), seat.who(request), None
    if form.is_valid():
        made = attempt(form, lambda: people_actions.make_api_key(**form.told(), actor=actor))
    if made:
        form = NewKey()
    return _keys(request, form=form, made=made, status=seat.status_of(form))


@door.staff(roles=seat.SECURITY)
@require_POST
def end_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """This will end a key at once."""
    form, actor = Reason(request.POST, auto_id=f"end_{key_id}_%s"), seat.who(request)
    if seat.done(form, people_actions.end_api_key, key_id=key_id, actor=actor):
        return go(request, "desk:keys")
    return _keys(request, form=NewKey(), ending=(key_id, form), status=422)


def _keys(
    request: HttpRequest,
    *,
    form: Form,
    made: Any = None,
    ending: tuple[UUID, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = people_queries.api_keys(actor=seat.who(request))
    ends = dict([ending]) if ending else {}
    drawn = [(row, ends.get(row.id) or Reason(auto_id=f"end_{row.id}_%s")) for row in rows]
    names = regions_queries.paths_of({row.region_code for row in rows})
    where = {code: path.text for code, path in names.items()}
    return show(request, "desk/keys.html", drawn, form=form, made=made, where=where, status=status)


def _account(request: HttpRequest, account_id: UUID, **more: Any) -> HttpResponse:
    actor = seat.who(request)
    face = people_queries.account_page(account_id, actor=actor)
    forms: dict[str, Any] = {
        "switch": Reason(auto_id="switch_%s"),
        "give": NewGrant(auto_id="give_%s"),
        "factor": Reason(auto_id="factor_%s"),
        "system": actor.has(roles.ADMIN_SYSTEM) and actor.account_id != account_id,
        "security": actor.has(roles.ADMIN_SECURITY) and actor.account_id != account_id,
        "own": actor.account_id == account_id,
    }
    taken = more.pop("take", None), more.pop("taking", None)
    grants = [_held(row, *taken) for row in face.grants]
    wrong = any(isinstance(form, Form) and form.errors for form in (*more.values(), taken[0]))
    status = 422 if wrong else 200
    where = _where(face.grants)
    return show(
        request, "desk/account.html", face, status=status, held=grants, where=where, **forms | more
    )


def _held(row: GrantRow, bound: Form | None, taking: UUID | None) -> tuple[GrantRow, bool, Form]:
    """A permission, whether it is in force, and the form that ends it."""
    form = bound if bound and row.id == taking else Reason(auto_id=f"take_{row.id}_%s")
    return row, row.active_until is None or row.active_until > clock.now(), form


def _where(rows: Sequence[GrantRow]) -> dict[Any, str]:
    """The names of the institutions and regions that permissions speak of."""
    orgs = providers_queries.names_of(row.org for row in rows if row.org)
    paths = regions_queries.paths_of({row.region_code for row in rows if row.region_code})
    return {**orgs, **{code: path.text for code, path in paths.items()}}
