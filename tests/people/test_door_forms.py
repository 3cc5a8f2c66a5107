"""What is taken and what is refused at the door of the desk."""

import pytest
from django.test import RequestFactory

from tongmun.people.forms import OpenDeskForm, SignInForm
from tongmun.people.models import User

PASSWORD = "seven slow circular letters"
GIVEN = {"email": "carla@example.org", "name": "Carla", "password": PASSWORD}


def open_desk(**changes: str) -> OpenDeskForm:
    return OpenDeskForm(GIVEN | changes)


def sign_in(address: str, password: str = PASSWORD) -> SignInForm:
    request = RequestFactory().post("/desk/")
    return SignInForm(request, {"username": address, "password": password})


@pytest.fixture
def carla() -> User:
    user = User(email="carla@xn--bcher-kva.example", name="Carla", is_organiser=True)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_what_is_typed_is_given_as_it_will_be_kept():
    form = open_desk(email=" Carla@BÜCHER.example ", name="  김  은  ", password="  spaces on either side  ")

    assert form.is_valid()
    assert form.cleaned_data == {
        "email": "Carla@xn--bcher-kva.example",
        "name": "김 은",
        "password": "  spaces on either side  ",
    }


@pytest.mark.parametrize("field", ["email", "name", "password"])
@pytest.mark.parametrize(("typed", "remedy"), [("", "Please fill this in."), ("a\0b", "Please type this once more")])
def test_what_cannot_be_taken_is_answered_with_what_to_do(field, typed, remedy):
    errors = open_desk(**{field: typed}).errors.get(field, [])

    assert (field, typed) == ("name", "") or [error for error in errors if error.startswith(remedy)]
    assert not [error for error in errors if error.startswith(("This field", "Null"))]


def test_a_sign_in_form_left_empty_says_what_to_do():
    errors = sign_in("", "").errors

    assert errors["username"] == errors["password"] == ["Please fill this in."]


def test_a_name_may_be_left_out():
    assert open_desk(name="").is_valid()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", ""),
        ("email", "carla"),
        ("email", "carla@localhost"),
        ("email", "=cmd@example.org"),
        ("name", "=1+1"),
        ("name", "Car\u202ela"),
        ("name", "www.example.org"),
        ("name", "a" * 81),
        ("password", ""),
        ("password", "eleven char"),
        ("password", "qwerty123456"),
        ("password", "carla@example.org"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_own_field(field, typed):
    form = open_desk(**{field: typed})

    assert list(form.errors) == [field]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    ["carla@xn--bcher-kva.example", "CARLA@bücher.example", " carla@bücher.example "],
    ids=["ascii", "idn", "space"],
)
def test_an_account_is_found_by_any_spelling_of_its_address(carla, typed):
    form = sign_in(typed)

    assert form.is_valid()
    assert form.get_user() == carla


@pytest.mark.django_db
def test_unknown_address_wrong_password_and_closed_account_are_refused_in_the_same_words(carla):
    wrong = sign_in(carla.email, "not the password")
    unknown = sign_in("eve@example.org")
    nonsense = sign_in("eve")
    User.objects.update(is_active=False)
    closed = sign_in(carla.email)

    assert wrong.errors == unknown.errors == nonsense.errors == closed.errors
    assert wrong.non_field_errors() == ["Address and password do not belong together. Please check both."]
