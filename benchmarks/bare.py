"""The least that a Django site can do with a form: validate four fields, write one row."""

from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLE = """
    CREATE TABLE testing.bare (id bigserial PRIMARY KEY, name text, email text, phone text, message text);
    GRANT ALL ON testing.bare, testing.bare_id_seq TO lafse_app;
"""
INSERT = "INSERT INTO testing.bare (name, email, phone, message) VALUES (%(name)s, %(email)s, %(phone)s, %(message)s)"


class FourFields(forms.Form):
    name = forms.CharField(max_length=120)
    email = forms.EmailField()
    phone = forms.CharField(max_length=20)
    message = forms.CharField()


def receive(request: HttpRequest) -> HttpResponse:
    form = FourFields(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, form.cleaned_data)
    return HttpResponse(status=204)


urlpatterns = [path("", receive)]
