"""Which questions a demand asks: the points that each need an answer. Pure; only a suggestion.

A clerk corrects them: what a person says is not always what a sentence ends with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST, SHORTEST, LONGEST = 20, 4, 120
#: numbers that begin an item of a list: 1. 1、 （1） ① 一、 第一，
_NUMBER = (
    r"(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]"
    r"|[①-⑳]"
    r"|(?<![\d.])\d{1,2}\s*(?:[、)）]|\.(?!\d))"
    r"|(?<![\u4e00-\u9fff])[一二三四五六七八九十]{1,2}、"
    r"|第[一二三四五六七八九十](?:个问题|件事|点)?(?:是|[，,:：、]))"
)
_ITEM = re.compile(_NUMBER)
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+|[^。！？；!?;\n]+$")
#: words that begin another question within a sentence
_MORE = re.compile(
    r"[，,、\s]*(?:另外|还有一个(?:问题|事)|还有就是|还有|此外|除此之外|同时|以及|再就是|再有"
    r"|再问一下|顺便(?:问一下|问)?|并且想|还想(?:问一下|问|咨询|了解)?|还要求|也想(?:问|知道))[，,、\s]*"
)
#: that something is asked or wanted
_ASKS = re.compile(
    r"[?？]|吗|呢$|怎么|怎样|如何|能不能|能否|可不可以|可以.{0,12}(?:吗|不)|是否|是不是|有没有|要不要"
    r"|该不该|算不算|合不合法|合法|多少|多久|几天|几年|哪[里儿些个种]|去哪|什么|谁|为何|为什么|何时"
    r"|要求|请(?!假|客|工)|希望|想(?:问|咨询|了解|知道|要|申请|请)|咨询|申请|投诉|举报|反映|建议|求助"
    r"|帮(?:我|忙|助)|需要(?:你们|帮助|法律)|讨回|追回|维权|赔偿|退还|退款|尽快|查处|处理一下|解决"
)
#: what opens a demand and asks nothing by itself
_GREETING = re.compile(
    r"^(?:您好|你好|领导好|尊敬的\S{0,10}|老师好|请问一下|请问|我想问一下|我想问|想问一下|想问|我想咨询一下"
    r"|我要咨询|咨询一下|麻烦问一下|问一下|我想了解一下|我想知道)[，,:：！!。\s]*"
)
#: said at the end out of politeness
_THANKS = re.compile(
    r"^(?:谢谢|多谢|感谢|麻烦了|拜托|盼复|望(?:尽快)?(?:回复|解决|处理)|请尽快(?:回复|处理|解决)"
    r"|请(?:帮帮我|帮我解决|领导\S{0,6}解决|回复|答复))"
)
_EDGES = "，,、:：;；。.！!\n\t 　"


def suggest(text: str) -> tuple[str, ...]:
    """This will return the questions a text asks, in its order, each in its own words.

    At most 20, of 4 to 120 characters each. A text that asks nothing by its words is one point.
    """
    listed = _listed(text)
    parts = listed or [part for sentence in _sentences(text) for part in _split(sentence)]
    asked = parts if listed else [part for part in parts if _asks(part)]
    found = _distinct(_tidy(part) for part in asked)
    return found[:MOST] or _whole(text)


def _listed(text: str) -> list[str]:
    """The items of a numbered list, when there are at least two of them."""
    marks = list(_ITEM.finditer(text))
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    items = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    last = _sentences(items[-1])
    items[-1] = next(iter(last), "")
    after = [one for sentence in last[1:] for one in _split(sentence) if _asks(one)]
    return [item for item in (*items, *after) if len(_tidy(item)) >= SHORTEST]


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip(_EDGES)]


def _split(sentence: str) -> list[str]:
    """The parts of a sentence that each ask something; one that does not stays with the former."""
    parts: list[str] = []
    start = 0
    for mark in _MORE.finditer(sentence):
        before, after = sentence[start : mark.start()], sentence[mark.end() :]
        if _asks(before) and _asks(after):
            parts.append(before)
            start = mark.end()
    return [*parts, sentence[start:]]


def _asks(part: str) -> bool:
    words = _plain(part)
    if len(words.strip(_EDGES + "?？")) < SHORTEST or _THANKS.match(words):
        return False
    return bool(_ASKS.search(part))


def _plain(part: str) -> str:
    """Without greetings, of which there may be several."""
    words, before = part.strip(_EDGES), ""
    while words != before:
        words, before = _GREETING.sub("", words).strip(_EDGES), words
    return words


def _tidy(part: str) -> str:
    words = _MORE.sub("", part.strip(_EDGES), count=1) if _MORE.match(part) else part
    words = _plain(words)
    words = re.sub(r"\s+", " ", words)
    return words if len(words) <= LONGEST else _shorter(words)


def _shorter(words: str) -> str:
    """The last clauses hold the question; what came before tells the story."""
    clauses = re.split(r"(?<=[，,])", words)
    kept = ""
    for clause in reversed(clauses):
        if len(kept) + len(clause) > LONGEST:
            break
        kept = clause + kept
    return kept.strip(_EDGES) or words[:LONGEST]


def _distinct(parts: Iterable[str]) -> tuple[str, ...]:
    found = [part for part in parts if len(part) >= SHORTEST]
    return tuple(dict.fromkeys(found))


def _whole(text: str) -> tuple[str, ...]:
    words = _tidy(text)
    return (words,) if len(words) >= SHORTEST else ()
