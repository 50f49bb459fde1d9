"""What version 3 of the schema fills in from the records of before: whose consent, which deed, which promise.

Written in SQL of that version, so that a later change of the models does not change what this step did.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from desktop.storage.database import database

NEXT = 3  # the place of "Volgend bericht" among the four headings
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
LONG_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
SOONER = re.compile(r"\bof eerder als\b", re.IGNORECASE)

STATEMENTS = (
    # an answer was given for the practice of its case; one without a case for that of the person's only case
    """
    UPDATE consent SET voucher_id = (SELECT v.id FROM voucher v WHERE v.person_id = consent.person_id)
    WHERE voucher_id IS NULL AND 1 = (SELECT count(*) FROM voucher v WHERE v.person_id = consent.person_id)
    """,
    "UPDATE consent SET practice_id = (SELECT v.practice_id FROM voucher v WHERE v.id = consent.voucher_id)",
    """
    UPDATE consent SET intake_id = (SELECT min(i.id) FROM intake i
                                    WHERE i.voucher_id = consent.voucher_id AND i.held_on = consent.given_on)
    WHERE how = 'spoken'
    """,
    """
    UPDATE letter_moment SET subject = coalesce((
        SELECT min(i.id) FROM intake i JOIN letter l ON l.voucher_id = i.voucher_id WHERE l.id = letter_moment.letter_id
    ), 0) WHERE moment = 'intake'
    """,
    """
    UPDATE letter_moment SET subject = coalesce((
        SELECT max(a.id) FROM aftercare a JOIN letter l ON l.voucher_id = a.voucher_id
        WHERE l.id = letter_moment.letter_id AND a.held_on <= l.written_on
    ), 0) WHERE moment = 'progress'
    """,
    """
    UPDATE letter_moment SET subject = coalesce((
        SELECT max(c.id) FROM closing c JOIN letter l ON l.voucher_id = c.voucher_id
        WHERE l.id = letter_moment.letter_id AND c.closed_on <= l.written_on
    ), 0) WHERE moment IN ('closing', 'declined')
    """,
    """
    UPDATE letter_moment SET said = coalesce((SELECT c.outcome FROM closing c WHERE c.id = letter_moment.subject), '')
    WHERE moment IN ('closing', 'declined')
    """,
    """
    UPDATE letter_moment SET subject = coalesce((
        SELECT l.worry_id FROM letter l WHERE l.id = letter_moment.letter_id
    ), 0) WHERE moment = 'signal'
    """,
    """
    UPDATE letter SET subject = coalesce((
        SELECT m.subject FROM letter_moment m WHERE m.letter_id = letter.id AND m.moment = letter.moment
    ), 0)
    """,
    """
    INSERT INTO number_series (series, last)
    SELECT substr(number, 1, 2), max(CAST(substr(number, 4, 5) AS INTEGER)) FROM voucher
    WHERE number GLOB '[0-9][0-9]-[0-9][0-9][0-9][0-9][0-9]*' GROUP BY 1
    """,
    # the Meldcode is not about suicide: what was done stays as words, the steps of today are other ones
    """
    UPDATE worry SET note = trim(note || (
        SELECT group_concat(char(10) || 'Stap ' || s.step || ', ' || s.done_on || ': ' || s.note, '')
        FROM (SELECT * FROM meldcode_step ORDER BY step) s WHERE s.worry_id = worry.id
    )), meldcode_step = 1
    WHERE kind = 'suicide' AND id IN (SELECT worry_id FROM meldcode_step)
    """,
    "DELETE FROM meldcode_step WHERE worry_id IN (SELECT id FROM worry WHERE kind = 'suicide')",
    """
    UPDATE enrolment SET ended_in_id = (
        SELECT max(a.id) FROM aftercare a WHERE a.voucher_id = enrolment.voucher_id AND a.held_on = enrolment.stopped_on
        AND a.stop_reason = enrolment.stop_reason AND a.outcome IN ('stopped', 'never')
    ) WHERE state = 'stopped'
    """,
    # what hung on a case that was closed ended with it, but for who goes on taking part in a group
    """
    UPDATE appointment SET state = 'cancelled', ended_by_id = (
        SELECT max(c.id) FROM closing c WHERE c.voucher_id = appointment.voucher_id AND c.reopened_on IS NULL
    ) WHERE state = 'planned' AND voucher_id IN (SELECT voucher_id FROM closing WHERE reopened_on IS NULL)
    """,
    """
    UPDATE enrolment SET stop_reason = coalesce((
        SELECT CASE WHEN c.outcome = 'deceased' THEN 'illness' ELSE c.reason END FROM closing c
        WHERE c.voucher_id = enrolment.voucher_id AND c.reopened_on IS NULL
    ), ''), stopped_on = (
        SELECT max(max(c.closed_on), enrolment.enrolled_on) FROM closing c
        WHERE c.voucher_id = enrolment.voucher_id AND c.reopened_on IS NULL
    ), ended_by_id = (
        SELECT max(c.id) FROM closing c WHERE c.voucher_id = enrolment.voucher_id AND c.reopened_on IS NULL
    ), state = 'stopped'
    WHERE state <> 'stopped' AND voucher_id IN (
        SELECT c.voucher_id FROM closing c
        WHERE c.reopened_on IS NULL AND (c.outcome <> 'completed' OR enrolment.state <> 'started')
    )
    """,
    """
    UPDATE person SET deceased_on = (SELECT min(c.closed_on) FROM closing c
                                     WHERE c.person_id = person.id AND c.outcome = 'deceased' AND c.reopened_on IS NULL)
    """,
    # going along was planned for what it names, or for the only thing found
    """
    UPDATE appointment SET enrolment_id = coalesce((
        SELECT min(e.id) FROM enrolment e JOIN activity a ON a.id = e.activity_id
        WHERE e.voucher_id = appointment.voucher_id AND a.title = appointment.address
    ), (
        SELECT min(e.id) FROM enrolment e WHERE e.voucher_id = appointment.voucher_id HAVING count(*) = 1
    )) WHERE kind = 'first_visit'
    """,
    # a name that was typed counted as a GP's unless somebody said otherwise: whose it is, is not known
    "UPDATE voucher SET referrer_kind = '' WHERE referrer_kind = 'gp' AND referrer_id IS NULL AND referrer_name <> ''",
)


def fill_one_truth() -> None:
    for statement in STATEMENTS:
        database.execute_sql(statement)
    for letter_id, day, sooner in list(_promises()):
        database.execute_sql(
            "UPDATE letter SET promised_on = ?, promised_sooner = ? WHERE id = ?", (day, sooner, letter_id)
        )


def _promises() -> Iterator[tuple[int, str, int]]:
    """The day each standing letter names under its last heading: whoever has that letter waits for it."""
    rows = database.execute_sql("SELECT id, content FROM letter WHERE state <> 'concept' AND withdrawn_on IS NULL")
    for letter_id, content in rows.fetchall():
        core = json.loads(content).get("core", [])
        text = " ".join(core[NEXT][1].split()) if len(core) > NEXT else ""
        if days := list(_days_in(text)):
            yield letter_id, max(days).isoformat(), int(bool(SOONER.search(text)))


def _days_in(text: str) -> Iterator[date]:
    for day, month, year in LONG_DAY.findall(text):
        with suppress(ValueError):  # 31 februari, as somebody typed it: no day to keep
            yield date(int(year), MONTHS.index(month.lower()) + 1, int(day))
