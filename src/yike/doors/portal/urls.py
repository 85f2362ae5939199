"""Addresses of the portal door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from yike.doors.portal import ask, complain, duty, follow, home, rating

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("stations", home.stations, name="stations"),
    path("stations.csv", home.stations_csv, name="stations-csv"),
    path("stations/<uuid:station_id>", home.station, name="station"),
    path("duty", duty.duty, name="duty"),
    path("duty/posts/<uuid:post_id>.ics", duty.post_calendar, name="post-calendar"),
    path("duty/mine/<str:token>.ics", duty.my_calendar, name="my-calendar"),
    path("items", home.items, name="items"),
    path("items/<slug:code>", home.item, name="item"),
    path("ask", ask.words, name="words"),
    path("ask/keep", ask.keep, name="keep"),
    path("ask/kind", ask.kind, name="kind"),
    path("ask/details", ask.details, name="details"),
    path("ask/care", ask.careful, name="careful"),
    path("ask/town", ask.town, name="town"),
    path("ask/position", ask.position, name="position"),
    path("ask/village", ask.village, name="village"),
    path("ask/person", ask.person, name="person"),
    path("ask/papers", ask.give_papers, name="papers"),
    path("ask/check", ask.check, name="check"),
    path("ask/sent", ask.sent, name="sent"),
    path("privacy", home.privacy, name="privacy"),
    path("privacy/<slug:version>", home.privacy, name="privacy"),
    path("leave", ask.leave, name="leave"),
    path("follow", follow.ask, name="follow"),
    path("follow/matter", follow.matter, name="matter"),
    path("follow/message", follow.message, name="message"),
    path("follow/bring", follow.bring, name="bring"),
    path("follow/withdraw", follow.withdraw, name="withdraw"),
    path("follow/helped", follow.helped, name="helped"),
    path("follow/close", follow.close, name="close"),
    path("rate/<str:token>", rating.rate, name="rate"),
    path("complain", complain.complain, name="complain"),
    path("complain/follow", complain.ask, name="complain_follow"),
    path("complain/mine", complain.mine, name="complaint"),
    path("complain/appeal", complain.appeal, name="appeal"),
    path("complain/withdraw", complain.withdraw, name="complaint_withdraw"),
    path("follow/papers/<uuid:file_id>", follow.paper, name="paper"),
]
