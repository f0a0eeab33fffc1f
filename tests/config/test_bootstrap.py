"""The environment's set-up: nothing to do when it is done, and a plain word when it cannot be."""

import importlib.util
import sys
from pathlib import Path

import pytest

from config.paths import CHECKOUT


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch):
    """The set-up program, on a checkout with locks and no environment yet."""
    spec = importlib.util.spec_from_file_location("bootstrap", CHECKOUT / "scripts/bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    locks = tmp_path / "requirements"
    locks.mkdir()
    for level in module.LEVELS:
        (locks / f"{level}.txt").write_text("")
    for name, value in {
        "CHECKOUT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin/python",
        "MARK": venv / "stillage-complete",
        "LOCKS": locks,
    }.items():
        monkeypatch.setattr(module, name, value)
    return module


def test_a_first_run_makes_it_and_a_second_finds_it_made(bootstrap, capsys):
    assert bootstrap.main("base") == 0
    made = bootstrap.PYTHON.lstat().st_mtime_ns

    assert "Making" in capsys.readouterr().out
    assert bootstrap.main("base") == 0
    assert capsys.readouterr().out == ""
    assert bootstrap.PYTHON.lstat().st_mtime_ns == made


def test_an_unfinished_environment_is_made_again(bootstrap, capsys):
    assert bootstrap.main("base") == 0
    bootstrap.MARK.unlink()
    (bootstrap.VENV / "half").touch()

    assert bootstrap.main("base") == 0
    assert not (bootstrap.VENV / "half").exists()


def test_a_changed_lock_is_installed_over_the_old_one(bootstrap, capsys):
    assert bootstrap.main("base") == 0
    (bootstrap.LOCKS / "base.txt").write_text("# other\n")
    capsys.readouterr()

    assert bootstrap.main("base") == 0
    assert capsys.readouterr().out == "Installing the locked dependencies (base)\n"


def test_what_the_tests_need_is_kept_when_less_is_asked_for(bootstrap):
    assert bootstrap.main("dev") == 0
    (bootstrap.LOCKS / "base.txt").write_text("# other\n")

    assert bootstrap.main("base") == 0
    assert bootstrap.MARK.read_text().split()[-1] == "dev"


def test_a_python_without_venv_is_told_which_package_to_install(bootstrap, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    assert bootstrap.main("base") == 1
    version = ".".join(map(str, sys.version_info[:2]))
    assert f"apt install python{version}-venv" in capsys.readouterr().err
    assert not bootstrap.VENV.exists()


def test_an_older_python_is_told_what_is_needed(bootstrap, capsys, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 0))

    assert bootstrap.main("base") == 1
    assert "Python 3.11 or later is needed" in capsys.readouterr().err


def test_a_lock_that_cannot_be_installed_leaves_it_incomplete(bootstrap, capsys, monkeypatch):
    (bootstrap.LOCKS / "base.txt").write_text("no-hash==1\n")

    assert bootstrap.main("base") == 1
    assert "could not be installed" in capsys.readouterr().err
    assert not bootstrap.MARK.exists()


@pytest.mark.parametrize("level", ["base", "dev"])
def test_the_lock_names_no_registry_and_no_place(level):
    lines = (CHECKOUT / f"requirements/{level}.txt").read_text().splitlines()

    assert [line for line in lines if "://" in line or line.startswith(("-", "#"))] == []
    assert all("==" in line or line.startswith("    --hash=sha256:") for line in lines)
