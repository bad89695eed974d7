"""Why somebody is left out stands in one order, wherever it is shown: that in which the reasons are asked."""

import json
from collections import Counter

from campaigns.audiences.choosing import Tally
from campaigns.audiences.page import Counted
from campaigns.audiences.reasons import ORDER
from campaigns.mailings.numbers import CALLED_BACK, in_order
from campaigns.mailings.page import Page
from campaigns.models import Look, Mailing
from campaigns.states import Purpose

LABELS = [str(reason.label) for reason in ORDER]


def test_a_fixed_audience_names_its_reasons_in_the_order_of_the_draft() -> None:
    """As jsonb gives them back: the shortest key first."""
    kept = {str(reason): 1 for reason in sorted(ORDER, key=lambda each: (len(each), each))}
    mailing = Mailing(excluded=json.loads(json.dumps(kept)))
    page = Page(mailing, Look(), frozenset(), None, None, approves=False, sees_who=False, people=())
    assert [words for words, _ in page.excluded] == LABELS


def test_the_count_of_a_segment_has_the_same_order() -> None:
    counted = Counted({Purpose.NEWS: Tally(0, dict.fromkeys(reversed(ORDER), 1))})
    assert [words for words, _ in counted.reasons] == LABELS


def test_so_has_what_became_of_everybody_and_the_outboxs_own_word_comes_last() -> None:
    told = Counter(dict.fromkeys([CALLED_BACK, *reversed(LABELS)], 1))
    assert list(in_order(told)) == [*LABELS, CALLED_BACK]
