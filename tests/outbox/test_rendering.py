from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from pytest_django import Settings

from councils.models import Council
from outbox.rendering import render


@pytest.fixture
def example(settings: Settings, tmp_path: Path) -> Path:
    """An empty folder of mail templates in front of the project's."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    return folder


def test_a_mail_without_html_of_its_own_is_its_text_in_the_frame(kent: Council, example: Path) -> None:
    (example / "example.txt").write_text(
        '{% extends "mail/base.txt" %}{% block content %}Dear {{ name }}\n\nSee {{ base_url }}/x{% endblock %}'
    )
    rendered = render("example", {"hub": kent.hub, "name": "<b>Erin & Max</b>"})
    assert rendered.text.startswith("Dear <b>Erin & Max</b>\n\nSee http://localhost:8000/x")
    assert rendered.text.endswith(f"Phone: {kent.hub.phone}")
    assert "&lt;b&gt;Erin &amp; Max&lt;/b&gt;" in rendered.html
    assert '<a href="http://localhost:8000/x"' in rendered.html
    assert 'lang="en-GB"' in rendered.html


def test_a_mail_with_html_of_its_own_uses_it(kent: Council, example: Path) -> None:
    (example / "example.txt").write_text("Hello")
    (example / "example.html").write_text('{% extends "mail/base.html" %}{% block content %}<p>Own</p>{% endblock %}')
    assert "<p>Own</p>" in render("example", {"hub": kent.hub}).html


def test_a_template_that_is_missing_is_an_error_here(kent: Council) -> None:
    with pytest.raises(TemplateDoesNotExist):
        render("no_such_mail", {})
