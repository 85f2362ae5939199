"""How an action says no: a sentence for people, what is kept, and a way on.

Refusal
├── NotAllowed     the state or the person's part does not permit this deed now
├── NotFound       hidden and absent alike
├── BadInput       a field is wrong; `field` names it
├── Clash          somebody was faster; the sentence says who did what and when
└── TooMany        asked too often; `retry_after` seconds
"""

from __future__ import annotations


class Refusal(Exception):
    """A no that a person can read. Doors turn it into a page, a form error or problem+json."""

    status = 409
    code = "refused"

    def __init__(self, sentence: str, *, way_on: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_on = way_on
        self.field = field


class NotAllowed(Refusal):
    """The state of the thing, or the person's part in it, does not permit this deed now."""

    status = 403
    code = "not-allowed"


class NotFound(Refusal):
    """Absent, or hidden from this person: the same answer, always."""

    status = 404
    code = "not-found"


class BadInput(Refusal):
    """A value is wrong; `field` names which, the sentence says what to write instead."""

    status = 422
    code = "bad-input"


class Clash(Refusal):
    """Somebody was faster, or the same key was used for something else."""

    status = 409
    code = "clash"


class TooMany(Refusal):
    """Asked too often: wait `retry_after` seconds."""

    status = 429
    code = "too-many"

    def __init__(self, sentence: str, *, retry_after: int, way_on: str = "") -> None:
        super().__init__(sentence, way_on=way_on)
        self.retry_after = retry_after
