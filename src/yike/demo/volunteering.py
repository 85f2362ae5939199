"""Sets the stage with volunteers by real actions: their way in, teams, tasks, hours, records."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from yike.demo import cast
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

_SPAN = codes.span(cast.COUNTY)
#: name, vocation, directions, specialties, languages, how far (verbs of the life)
_IN, _ON = ("train", "vet", "sign", "try"), ("train", "vet", "sign", "try", "take")
_PEOPLE: tuple[tuple[str, str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    ("胡晓岚", "01", ("consult", "sea"), "象山话", _ON),
    ("郑海平", "10", ("mediate", "sea"), "石浦话", _ON),
    ("俞静", "08", ("publicity", "minors"), "普通话", _ON),
    ("石国良", "05", ("mediate", "elder"), "石浦话", _IN),
    ("韩雨", "11", ("heart", "minors"), "普通话", _IN),
    ("奚敏", "12", ("language",), "手语", _IN),
    ("林建设", "09", ("publicity", "elder"), "象山话", _IN),
    ("葛文琴", "02", ("consult", "elder"), "象山话", _IN),
    ("盛开明", "06", ("consult",), "象山话", ("train", "vet")),
    ("鲍思思", "08", ("publicity",), "普通话", ("train",)),
    ("史亚军", "99", ("aid",), "普通话", ()),
    ("励新", "99", ("consult",), "普通话", ("refuse",)),
)
#: name, field, places of the members in the list above, the leader first
_TEAMS = (
    ("渔区法律服务志愿队", "sea", (1, 0, 3)),
    ("青少年普法志愿队", "publicity", (2, 4, 6)),
    ("敬老维权志愿队", "elder", (7, 3)),
)
#: title, what, place, directions, days from now, who, places wanted
_TASKS = (
    (
        "开渔前渔港法律咨询",
        "在渔港解答雇佣、海损的咨询",
        "石浦渔港码头",
        "sea",
        -40,
        (0, 1),
        3,
    ),
    ("中学生法治课", "讲校园欺凌和网络安全，两个班", "县职业高中", "publicity", -25, (0, 1, 2), 3),
    ("敬老院维权日", "解答赡养、继承、保健品纠纷", "县社会福利中心", "elder", -10, (2, 3), 2),
    ("国家宪法日广场宣传", "摆摊宣讲，发放资料", "县文化广场", "publicity", 12, (4, 6), 4),
    ("听障人士法律咨询日", "现场手语翻译，协助律师解答", "县残联服务大厅", "language", 16, (5,), 1),
    ("海岛巡回法律服务", "随船到海岛，调解渔事纠纷", "渔山岛码头", "sea", 20, (), 2),
)


def everything(*, actor: Actor) -> None:
    """This will furnish volunteers, teams, tasks and services; nothing the second time."""
    if providers_queries.volunteer_states(_SPAN):
        return
    morning = clock.now().astimezone(clock.CIVIL).replace(hour=9, minute=0, second=0, microsecond=0)
    with clock.at(morning - timedelta(days=90)):
        people = [_person(number, actor) for number in range(len(_PEOPLE))]
        _team_up(people, actor)
    for number in range(len(_TASKS)):
        _task(number, people, morning, actor)
    for number, (_, _, _, _, verbs) in enumerate(_PEOPLE):
        if "take" in verbs:
            providers_actions.move_volunteer(volunteer_id=people[number], verb="take", actor=actor)
    providers_actions.issue_certificate(volunteer_id=people[1], actor=actor)
    _records(people, morning, actor)


def _person(number: int, actor: Actor) -> UUID:
    name, kind, directions, language, verbs = _PEOPLE[number]
    towns = regions_queries.towns_of(cast.COUNTY)
    ref = providers_actions.apply_to_volunteer(
        name=name, kind=kind, phone=f"1990009{number:04d}", directions=directions,
        region_code=towns[number % len(towns)].code, languages=("普通话", language),
        areas=(cast.COUNTY,) if number % 3 == 0 else (), employer="（演示）",
        availability=("5m", "5a") if number % 2 else ("2m", "4m", "5m"), demo=True, actor=actor,
    )  # fmt: skip
    for verb in verbs:
        if verb == "sign":
            providers_actions.note_undertaking(volunteer_id=ref, actor=actor)
        elif verb != "take":
            providers_actions.move_volunteer(
                volunteer_id=ref, verb=verb, told="合格" if verb != "refuse" else "没有参加培训",
                reason="untrained" if verb == "refuse" else "", actor=actor,
            )  # fmt: skip
    return ref


def _team_up(people: list[UUID], actor: Actor) -> None:
    for name, field, members in _TEAMS:
        team = providers_actions.form_volunteer_team(
            name=name, field=field, region_code=cast.COUNTY, demo=True, actor=actor
        )
        for place, number in enumerate(members):
            providers_actions.join_volunteer_team(
                team_id=team, volunteer_id=people[number], leads=place == 0, reason="组建",
                actor=actor,
            )  # fmt: skip


def _task(number: int, people: list[UUID], morning: datetime, actor: Actor) -> None:
    title, what, where, direction, days, who, places = _TASKS[number]
    begins = morning + timedelta(days=days)
    towns = regions_queries.towns_of(cast.COUNTY)
    with clock.at(min(begins, morning) - timedelta(days=7)):
        task = providers_actions.post_task(
            title=title, what=what, region_code=towns[number].code, where=where, from_at=begins,
            until_at=begins + timedelta(hours=3), places=places, directions=(direction,),
            brief="提前十五分钟到场，穿志愿者马甲。", demo=True, actor=actor,
        )  # fmt: skip
        signed = [
            providers_actions.sign_up(task_id=task, volunteer_id=people[one], actor=actor)
            for one in who
        ]
        for one in signed[: len(signed) if days < 0 else 1]:
            providers_actions.confirm_sign_up(sign_up_id=one, actor=actor)
    if days < 0:
        _serve(task, signed, begins, number, actor)


def _serve(task: UUID, signed: list[UUID], begins: datetime, number: int, actor: Actor) -> None:
    with clock.at(begins):
        for one in signed:
            providers_actions.check_in_volunteer(sign_up_id=one, actor=actor)
        providers_actions.record_spot_call(task_id=task, outcome="well", actor=actor)
    with clock.at(begins + timedelta(hours=3)):
        for place, one in enumerate(signed):
            providers_actions.check_out_volunteer(sign_up_id=one, actor=actor)
            providers_actions.rate_volunteer(sign_up_id=one, level=5 - place % 2, actor=actor)
        if number == 2:
            providers_actions.note_incident(
                task_id=task, kind="safety", happened="一位老人在咨询时头晕，已送医务室",
                due_on=clock.today() + timedelta(days=14), actor=actor,
            )  # fmt: skip
        providers_actions.move_task(task_id=task, to="done", actor=actor)


def _records(people: list[UUID], morning: datetime, actor: Actor) -> None:
    rows = (
        (0, "S01", "fisher", "answered", "解答渔船雇佣合同和工伤责任", 6, 40),
        (1, "S07", "fisher", "settled", "调解渔具损坏赔偿，双方当场付清", 2, 90),
        (2, "S09", "minor", "taught", "讲校园欺凌防治，学生提问十余个", 86, 80),
        (3, "S07", "elder", "unsolved", "赡养纠纷，子女一方没有到场，约下次再谈", 3, 60),
        (7, "S03", "elder", "guided", "咨询遗嘱公证，指引到县公证处", 1, 25),
    )
    for number, (who, service, client, result, words, people_, minutes) in enumerate(rows):
        providers_actions.record_service(
            service=service, on=(morning - timedelta(days=3 * number + 1)).date(),
            minutes=minutes, region_code=cast.COUNTY, where="县公共法律服务中心", giver="volunteer",
            client=client, result=result, words_told=words, volunteer_id=people[who],
            people=people_, demo=True, actor=actor,
        )  # fmt: skip
