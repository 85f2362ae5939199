"""Every no as a page in plain words, as a part for htmx, and never as a traceback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from yike.doors.kit.incoming import prepare
from yike.doors.kit.pages import show
from yike.doors.kit.problem import problem
from yike.rooms.core.refusal import Refusal, TooMany

#: Fields that are never shown or sent back.
SECRET = frozenset({"csrfmiddlewaretoken", "old", "password", "new_password", "again", "code"})

#: what machines are told by
_CODES = {
    400: "malformed",
    403: "not-allowed",
    404: "not-found",
    429: "too-many",
    413: "too-large",
    500: "failed",
}


@dataclass(frozen=True, kw_only=True)
class ErrorFace:
    """What an error page shows: what is wrong, what is kept, what to do."""

    status: int
    title: str
    sentence: str
    way_on: str = ""
    #: what was typed, to be sent again: (name, value)
    kept: tuple[tuple[str, str], ...] = ()
    lost_files: bool = False
    action: str = ""
    retry_after: int = 0
    #: where to prove again who one is, in another window
    again_at: str = ""


def refused(request: HttpRequest, no: Refusal) -> HttpResponse:
    """This will show a refusal: its sentence, its way on, and what was typed."""
    face = ErrorFace(
        status=no.status,
        title="请稍后再试" if isinstance(no, TooMany) else "这一步没有办成",
        sentence=no.sentence,
        way_on=no.way_on,
        kept=_typed(request),
        retry_after=no.retry_after if isinstance(no, TooMany) else 0,
    )
    response = _page(request, face)
    if isinstance(no, TooMany):
        response.headers["Retry-After"] = str(no.retry_after)
    return response


def expired_form(request: HttpRequest) -> HttpResponse:
    """This will show what was typed in a form that expired, and offer to send it again."""
    face = ErrorFace(
        status=403,
        title="页面放得太久，需要您再确认一次",
        sentence="您填写的内容都在下面，没有丢，也还没有提交。",
        way_on="看一下内容，没有问题就按“继续提交”。",
        kept=_typed(request),
        lost_files=bool(request.FILES),
        action=request.get_full_path(),
    )
    return _page(request, face)


def session_ended(request: HttpRequest) -> HttpResponse:
    """This will show what was typed when the session had ended, to be sent after signing in."""
    face = ErrorFace(
        status=401,
        title="登录已到期",
        sentence="您刚才填写的内容在下面，没有丢，也还没有提交。",
        way_on="请在新窗口登录，再回到这里按“继续提交”。",
        kept=_typed(request),
        lost_files=bool(request.FILES),
        action=request.get_full_path(),
        again_at="/sign-in",
    )
    return _page(request, face)


def claim_ended(request: HttpRequest) -> HttpResponse:
    """This will show what a citizen typed after the proof of reference and phone had ended."""
    face = ErrorFace(
        status=401,
        title="请再核对一次编号和手机号",
        sentence="为了保护您的隐私，半小时没有操作就会退出。您刚才填写的内容在下面，还没有提交。",
        way_on="请在新窗口查进度，核对编号和手机号，再回到这里按“继续提交”。",
        kept=_typed(request),
        lost_files=bool(request.FILES),
        action=request.get_full_path(),
        again_at="/follow",
    )
    return _page(request, face)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will say that the request could not be read."""
    face = ErrorFace(
        status=400,
        title="没有看懂这个请求",
        sentence="发送的内容不完整，或者太大了。",
        way_on="请返回上一页重试；文字请控制在一万字以内，单个文件不超过 20 MB。",
    )
    return _page(request, face)


class RefuseTooLarge:
    """The first middleware: answers what the cap before the pages refused (house/bodies.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will answer 413 without looking at session or body, or pass the request on."""
        most = request.META.get("asgi.scope", {}).get("yike.too_large")
        return too_large(request, most) if most else self.get_response(request)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """This will say that the request brings more than `most` bytes; none of it was taken in."""
    face = ErrorFace(
        status=413,
        title="内容太大，没有收下",
        sentence=f"一次提交最多 {most // 1024**2} MB，这次超过了，这次提交的内容没有保存。",
        way_on="请按浏览器的返回键，填写的文字通常还在；材料请分几次上传，每份不超过 20 MB。",
    )
    return _page(request, face)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will say that this page is not for this person."""
    face = ErrorFace(
        status=403, title="不能打开这个页面", sentence="这个页面需要相应的权限才能打开。"
    )
    return _page(request, face)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will say that nothing is here: hidden and absent alike."""
    face = ErrorFace(
        status=404,
        title="没有找到",
        sentence="这里没有您要的内容。地址可能写错了，或者内容已经不在了。",
        way_on="可以从首页重新开始。",
    )
    return _page(request, face)


def broken(request: HttpRequest) -> HttpResponse:
    """This will say that the house failed; nothing of the deed was kept by the database."""
    face = ErrorFace(
        status=500,
        title="系统出了问题",
        sentence="这是我们的问题，不是您的。刚才这一步没有办成。",
        way_on="请过几分钟再试。急事请拨打 12348。",
        kept=_typed(request),
    )
    return _page(request, face)


def _typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    if request.method != "POST":
        return ()
    pairs = ((name, value) for name in request.POST for value in request.POST.getlist(name))
    return tuple((name, str(value)) for name, value in pairs if name not in SECRET and value)


def _where(request: HttpRequest) -> tuple[str, str]:
    """Staff stay in the house they work in: (frame of the page, the way home)."""
    if request.actor.kind == "staff" and request.door != "portal":  # type: ignore[attr-defined]
        return "kit/office.html", "/desk/"
    return "kit/citizen.html", "/"


def _page(request: HttpRequest, face: ErrorFace) -> HttpResponse:
    prepare(request)
    if request.door == "wire":  # type: ignore[attr-defined]
        code = _CODES.get(face.status, "refused")
        return problem(request, face.status, code, face.sentence, way_on=face.way_on)
    frame, home = _where(request)
    response = show(
        request, "kit/error.html", face, part="kit/_error.html", status=face.status,
        frame=frame, home=home,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
