"""What the template pack promises about fields: one heading, one description, and errors that lead somewhere."""

import re

from django import forms
from django.template import engines
from django.test import override_settings

from councils.govuk import Component, GovukForm, Group, Question


class Details(GovukForm):
    token = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=50)
    why = forms.ChoiceField(
        label="What brings you here?",
        help_text="Choose one",
        choices=[("new", "I am new"), ("transfer", "I already foster")],
        widget=forms.RadioSelect,
    )
    agency = forms.CharField(label="For whom?", required=False)
    kinds = forms.MultipleChoiceField(
        label="Kinds", choices=[("short", "Short"), ("none", "Not sure")], widget=forms.CheckboxSelectMultiple
    )
    news = forms.BooleanField(label="News by email", help_text="Stop at any time", required=False)
    layout = (
        "name",
        Question("why", reveals={"transfer": ("agency",)}, hints={"transfer": "An agency or a council"}),
        Question("kinds", exclusive="none", or_before="none"),
        Component("inset_text", {"text": "Mind <the> gap"}),
        Group("News", ("news",), hint="If you like"),
    )

    def clean(self) -> None:
        self.add_error(None, "Give an email address or a phone number")


class Postcode(GovukForm):
    postcode = forms.CharField(label="What is your postcode?", help_text="For example, SO23 8UJ")
    layout = (Question("postcode", heading=True, width="10", autocomplete="postal-code", spellcheck=False),)


def drawn(form: GovukForm) -> str:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render({"form": form})


def tag(html: str, element_id: str) -> str:
    found = re.search(rf'<[^>]*\bid="{element_id}"[^>]*>', html)
    assert found is not None, element_id
    return found[0]


def test_errors_come_in_the_order_of_the_page_and_lead_to_a_control_that_takes_the_focus() -> None:
    form = Details({"news": "on"})
    html = drawn(form)
    links = form.error_links()
    assert [link.target for link in links] == ["id_name", "", "id_name", "id_why_0", "id_kinds_0"]
    assert all(tag(html, link.target).startswith("<input") for link in links if link.target)


def test_an_error_is_announced_with_its_control() -> None:
    html = drawn(Postcode({}))
    assert 'aria-describedby="id_postcode_helptext id_postcode_error"' in tag(html, "id_postcode")
    assert html.count("aria-describedby") == 1
    assert '<span class="govuk-visually-hidden">Error:</span> This field is required.' in html
    for described_by in ("id_postcode_helptext", "id_postcode_error"):
        assert html.count(f'id="{described_by}"') == 1


def test_a_group_of_radios_is_described_once() -> None:
    html = drawn(Details({}))
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_why_helptext id_why_error">' in html
    assert "aria-describedby" not in tag(html, "id_why_0")
    assert 'aria-describedby="id_why_1_hint"' in tag(html, "id_why_1")


def test_a_single_question_is_the_heading_of_its_page() -> None:
    html = drawn(Postcode())
    assert html.count("<h1") == 1
    assert 'class="govuk-input govuk-input--width-10"' in tag(html, "id_postcode")
    assert 'autocomplete="postal-code"' in tag(html, "id_postcode")
    assert 'spellcheck="false"' in tag(html, "id_postcode")


def test_a_field_takes_more_than_its_limit_so_that_nothing_pasted_is_cut_off() -> None:
    assert "maxlength" not in drawn(Details())


def test_the_browser_does_not_judge_before_we_do() -> None:
    assert " required" not in drawn(Details())


def test_a_revealed_question_stands_inside_its_choice_and_only_there() -> None:
    html = drawn(Details())
    assert 'data-aria-controls="conditional-id_why_1"' in tag(html, "id_why_1")
    assert html.count('id="id_agency"') == 1
    assert html.index('id="conditional-id_why_1"') < html.index('id="id_agency"') < html.index('id="id_kinds_0"')
    assert "conditional--hidden" in tag(html, "conditional-id_why_1")
    assert "conditional--hidden" not in tag(drawn(Details({"why": "transfer"})), "conditional-id_why_1")


def test_answers_come_back_as_they_were_given() -> None:
    html = drawn(Details({"name": '"><b>', "why": "transfer", "kinds": ["none"], "news": "on", "token": "t"}))
    assert 'value="&quot;&gt;&lt;b&gt;"' in tag(html, "id_name")
    assert " checked" in tag(html, "id_why_1")
    assert " checked" not in tag(html, "id_why_0")
    assert " checked" in tag(html, "id_kinds_1")
    assert " checked" in tag(html, "id_news")


def test_hidden_fields_are_drawn_once_though_nobody_mentions_them() -> None:
    assert drawn(Details({"token": "abc"})).count('name="token"') == 1


def test_text_of_a_component_is_escaped() -> None:
    assert "Mind &lt;the&gt; gap" in drawn(Details())


def test_a_form_without_a_layout_draws_every_field() -> None:
    class Plain(GovukForm):
        first = forms.CharField()
        second = forms.ChoiceField(choices=[("a", "A")])

    html = drawn(Plain())
    assert 'id="id_first"' in html
    assert "<select" in html


@override_settings(CRISPY_FAIL_SILENTLY=False)
def test_no_field_is_drawn_twice() -> None:
    ids = re.findall(r'\bid="([^"]+)"', drawn(Details({})))
    assert len(ids) == len(set(ids))
