"""What every test shares: no network, no personal settings, repeatable properties."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")

LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost"}


def pytest_addoption(parser):
    """Add the option that takes today's texts as the golden ones, to be read in review."""
    parser.addoption("--maj-golden", action="store_true", help="récrit tests/golden/")


@pytest.fixture
def updates_golden(request) -> bool:
    """Whether golden texts are to be written rather than compared."""
    return request.config.getoption("--maj-golden")


@pytest.fixture(scope="session")
def root() -> Path:
    """The clone under test."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="module")
def one_press() -> Iterator[None]:
    """Print equal documents once for the tests of a module, whose subject is elsewhere."""
    from tests.presses import printing_once

    with printing_once():
        yield


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """Hide the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("DUMENT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse any connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_locally(self, address):
        if isinstance(address, tuple) and address[0] not in LOCAL_HOSTS:
            pytest.fail(f"a test asked for the network: {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_locally)
