"""The floors of the house: a room uses only the floors below it, in its imports and in its tables."""

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "tongmun"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = [
    [room.strip() for room in floor.split("|")]
    for floor in reversed(next(one["layers"] for one in CONTRACTS if one["type"] == "layers"))
]
HEIGHT = {room: height for height, floor in enumerate(FLOORS) for room in floor}
ROOMS = sorted(path.parent.name for path in SRC.glob("*/__init__.py"))
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("tongmun.")]


def test_imports_keep_to_the_floors():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]

    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run(  # noqa: S603 -- our own tool
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stdout
    assert "0 broken" in ended.stdout


def test_no_import_is_excepted_from_the_floors():
    assert [exception for one in CONTRACTS for exception in one.get("ignore_imports", [])] == []


def test_every_room_has_its_floor():
    assert sorted(HEIGHT) == ROOMS


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_relations_point_to_the_same_room_or_below(model):
    here = model._meta.app_label
    for field in model._meta.get_fields():
        if field.auto_created or not field.related_model:
            continue
        there = field.related_model._meta.app_label

        assert there == here or HEIGHT[there] < HEIGHT[here], f"{field} points up to {there}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for_and_what_not(room):
    words = ast.get_docstring(ast.parse((SRC / room / "__init__.py").read_text("utf-8")))

    assert words
    assert ";" in words
    assert {"not", "no", "nothing", "without"} & set(words.split(";")[-1].lower().replace(",", "").split())


def test_no_migration_is_named_by_the_machine():
    names = [path.stem for path in SRC.glob("*/migrations/0*.py")]

    assert names
    assert [name for name in names if "auto" in name or name.endswith("_initial")] == []
