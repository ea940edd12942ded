"""The names other programs may rely on: there, lazily, each with its docstring and an example that runs."""

import doctest
import subprocess
import sys

import pytest

import tipclass


def test_there_are_ten_and_each_knows_its_module() -> None:
    assert len(tipclass.__all__) == 10
    assert sorted(tipclass.__all__) == sorted(tipclass.MODULES)


@pytest.mark.parametrize("name", tipclass.__all__)
def test_each_has_a_docstring_with_an_example(name: str) -> None:
    value = getattr(tipclass, name)
    assert value.__module__ == f"tipclass.{tipclass.MODULES[name]}"
    assert doctest.DocTestParser().get_examples(value.__doc__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        tipclass.nothing  # noqa: B018


def test_importing_it_imports_next_to_nothing() -> None:
    program = "import sys, tipclass; print(sorted({'numpy', 'sklearn', 'pandas', 'typer'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", program], encoding="utf-8").strip() == "[]"
