"""What keeps an email from going out, and what is only told."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaigns.content.blocks import Block, Kind, as_json, blocks_of
from campaigns.content.checking import bare_addresses, checked, require_ready, unready
from campaigns.content.drafts import Draft, faults, rearranged, typed
from campaigns.content.marking_up import html_of, text_of
from campaigns.content.merging import MergeFault, Slots
from campaigns.models import Look, Mailing
from councils.models import Council
from councils.refusals import Refused
from outbox.mime import one_line

LOOK = Look(postal_address="1 Example Street")


def an_email(*blocks: Block, subject: str = "A subject") -> Mailing:
    return Mailing(subject=subject, blocks=as_json(blocks))


def test_a_whole_email_is_ready(kent: Council) -> None:
    require_ready(an_email(Block(Kind.TEXT, text="Come on [Thursday](/events/).")), LOOK)


@pytest.mark.parametrize(
    ("mailing", "look", "told"),
    [
        (an_email(Block(Kind.TEXT, text="Words"), subject=""), LOOK, "no subject"),
        (an_email(Block(Kind.DIVIDER), Block(Kind.TEXT)), LOOK, "says nothing yet"),
        (an_email(Block(Kind.TEXT, text="Words")), Look(), "postal address"),
        (an_email(Block(Kind.TEXT, text="{first_name}")), LOOK, "may be empty"),
        (an_email(*[Block(Kind.TEXT, text="word " * 990)] * 12), LOOK, "too long"),
        (an_email(Block(Kind.BUTTON, text="Book", address="/no-such-page/")), LOOK, "no such page"),
    ],
)
def test_an_email_that_lacks_something_does_not_go_out(kent: Council, mailing: Mailing, look: Look, told: str) -> None:
    with pytest.raises(Refused, match=told):
        require_ready(mailing, look)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//elsewhere.example",
        "example.org",
        "https://",
        "https://x.org/{council}",
        "data:text/html,x",
    ],
)
def test_what_is_no_address_is_told_beside_the_button(address: str) -> None:
    assert "block-0-address" in faults(Draft(blocks=(Block(Kind.BUTTON, text="Go", address=address),)))


@pytest.mark.parametrize("text", ["[](/events/)", "[x](http:/nowhere)", "[us](https://example.org/{council})"])
def test_a_link_that_cannot_work_is_told_beside_the_text(text: str) -> None:
    assert "block-0-text" in faults(Draft(blocks=(Block(Kind.TEXT, text=text),)))


def test_links_that_say_nothing_and_bare_addresses_are_only_told(kent: Council) -> None:
    draft = Draft("S", "", (Block(Kind.TEXT, text="[Click here](https://example.org/) or https://example.org/"),))
    (link,) = checked(draft)
    assert (link.verdict, bare_addresses(draft)) == ("look", True)
    assert unready(an_email(*draft.blocks), LOOK) == []


def test_what_one_version_writes_another_reads() -> None:
    blocks = (Block(Kind.QUOTE, text="“Yes”", who="Anna"), Block(Kind.EVENTS, many=5), Block(Kind.DIVIDER))
    assert blocks_of(as_json(blocks)) == blocks
    assert blocks_of([{"kind": "hologram"}, {"kind": "text", "text": "T", "many": "x"}]) == (
        Block(Kind.TEXT, text="T"),
    )


def test_a_form_is_read_without_trusting_it() -> None:
    sent = {"subject": " a\r\nBcc: x ", "block-0-kind": "events", "block-0-many": "99", "block-2-kind": "text"}
    draft = typed(sent)
    assert draft.subject == "a Bcc: x" == one_line(draft.subject)
    assert draft.blocks == (Block(Kind.EVENTS, many=10),), "a gap ends the list"


@pytest.mark.parametrize("pressed", ["up--1", "up-99999999999", "add-", "save", "remove-x", ""])
def test_a_button_that_does_not_exist_changes_nothing(pressed: str) -> None:
    draft = Draft("S", "", (Block(Kind.TEXT, text="T"),))
    assert rearranged(draft, pressed) == (draft, None)


def test_lists_within_lists_keep_their_shape_in_the_text() -> None:
    told = text_of("1. one\n2. two\n   - within\n\nAfter [us](https://example.org)", lambda address: address)
    assert told == "1. one\n2. two\n  * within\n\nAfter us (https://example.org)"


PIECES = (
    "{first_name|x}",
    "{council}",
    "[a](https://b.example/)",
    "**",
    "<b>",
    "\ue000\ue100\ue001",
    "- ",
    "\n",
    "{",
    "|",
    "&",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map("".join))
@example("[{council}](https://b.example/{council})")
def test_whatever_is_typed_only_known_tags_and_own_values_come_out(typed_text: str) -> None:
    slots = Slots()
    try:
        marked = slots.marked(typed_text)
    except MergeFault:
        return
    html = slots.cut(html_of(marked, lambda address: address)).joined(lambda _: "VALUE")
    text = slots.cut(text_of(marked, lambda address: address)).joined(lambda _: "VALUE")
    assert not re.search("[\ue000-\uf8ff]", html + text), "no mark is left over"
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= {"p", "br", "h2", "ul", "ol", "li", "strong", "em", "a"}
