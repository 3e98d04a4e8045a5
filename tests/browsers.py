"""Two real browsers, driven by what they ship and off the network.

Chromium obeys DevTools on a pipe, Firefox Marionette on a socket: no driver and no package is
needed. A browser that is not here is None, and its tests are skipped.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

PATIENCE = 30  # seconds
KEYS = {
    "Enter": ("\r", 13, "\ue007"),
    "Escape": ("", 27, "\ue00c"),
    "ArrowDown": ("", 40, "\ue015"),
    "ArrowUp": ("", 38, "\ue013"),
}
"""A named key: its text and code for Chromium, its character for Firefox."""


def here(*names: str) -> str | None:
    """Return the first program of these names that is on the path."""
    return next((found for name in names if (found := shutil.which(name))), None)


CHROMIUM = here("chromium", "chromium-browser", "google-chrome")
FIREFOX = here("firefox-esr", "firefox")


class Browser(Protocol):
    """What the tests ask of a browser."""

    def open(self, address: str) -> None: ...

    def run(self, script: str) -> Any: ...

    def press(self, key: str) -> None: ...

    def pick(self, selector: str, folder: Path) -> None: ...


def wait_for(browser: Browser, script: str) -> Any:
    """Return what an expression gives once it is true; fail when it never is."""
    until = time.monotonic() + PATIENCE
    while not (said := browser.run(script)):
        assert time.monotonic() < until, script
        time.sleep(0.02)
    return said


def type_in(browser: Browser, text: str) -> None:
    """Type a text, key after key."""
    for letter in text:
        browser.press(letter)


class Chromium:
    """A Chromium that obeys the DevTools protocol over two pipes."""

    def __init__(self, ask: int, answer: int) -> None:
        self._ask, self._answer, self._rest, self._last = ask, answer, b"", 0
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        told = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = told["sessionId"]
        self._call("Page.enable")

    _session: str | None = None

    def open(self, address: str) -> None:
        self._call("Page.navigate", url="about:blank")
        self._call("Page.navigate", url=address)
        wait_for(self, f"location.href.split('#')[0] === {json.dumps(address.split('#')[0])}"
                       " && document.readyState === 'complete'")  # fmt: skip

    def run(self, script: str) -> Any:
        said = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def press(self, key: str) -> None:
        text, code, _ = KEYS.get(key, (key, 0, ""))
        common = {"key": key, "windowsVirtualKeyCode": code, "text": text}
        self._call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **common)
        self._call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def picture(self, theme: str, place: tuple[int, int, int, int]) -> bytes:
        """Return a PNG of a place of the page (left, top, width, height), in a colour theme."""
        features = [{"name": "prefers-color-scheme", "value": theme}]
        self._call("Emulation.setEmulatedMedia", media="screen", features=features)
        left, top, width, height = place
        self._call("Emulation.setDeviceMetricsOverride", width=left + width, height=height,
                   deviceScaleFactor=1, mobile=False)  # fmt: skip
        clip = {"x": left, "y": top, "width": width, "height": height, "scale": 1}
        shot = self._call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def pick(self, selector: str, folder: Path) -> None:
        root = self._call("DOM.getDocument")["root"]["nodeId"]
        node = self._call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self._call("DOM.setFileInputFiles", nodeId=node, files=[str(folder)])

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        order = {"id": self._last, "method": method, "params": parameters}
        if self._session and not method.startswith("Target."):
            order["sessionId"] = self._session
        os.write(self._ask, json.dumps(order).encode() + b"\0")
        while (said := self._message()).get("id") != self._last:
            pass
        assert "error" not in said, (method, said)
        return said["result"]

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._answer, 65536)
            assert read, "Chromium has closed its pipe"
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)


# In place of the window in which a reader would choose his folder.
FOLDER_PICKER = """
const folder = new FileUtils.File(%s);
const picker = {
  QueryInterface: ChromeUtils.generateQI(["nsIFilePicker"]),
  init() {}, appendFilters() {}, appendFilter() {}, appendRawFilter() {}, file: folder,
  open: (asker) => Services.tm.dispatchToMainThread(
    () => asker.done(Ci.nsIFilePicker.returnOK)),
};
Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
  Services.uuid.generateUUID(), "", "@mozilla.org/filepicker;1",
  {createInstance: (iid) => picker.QueryInterface(iid)});
"""


class Firefox:
    """A Firefox that obeys Marionette, each message after its length."""

    def __init__(self, link: socket.socket) -> None:
        self._link, self._rest, self._last = link, b"", 0
        self._message()  # its greeting
        # A page may read a folder once its reader has agreed: say yes.
        self._call("WebDriver:NewSession", unhandledPromptBehavior="accept")

    def open(self, address: str) -> None:
        self._call("WebDriver:Navigate", url="about:blank")
        self._call("WebDriver:Navigate", url=address)

    def run(self, script: str) -> Any:
        return self._script(f"return ({script});", "default")

    def press(self, key: str) -> None:
        value = KEYS[key][2] if key in KEYS else key
        strokes = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self._call("WebDriver:PerformActions", actions=[keyboard])

    def pick(self, selector: str, folder: Path) -> None:
        self._call("Marionette:SetContext", value="chrome")
        self._script(FOLDER_PICKER % json.dumps(str(folder)), "system")
        self._call("Marionette:SetContext", value="content")
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self.press(" ")

    def _script(self, script: str, sandbox: str) -> Any:
        said = self._call("WebDriver:ExecuteScript", script=script, args=[], sandbox=sandbox,
                          newSandbox=True)  # fmt: skip
        return said["value"]

    def _call(self, command: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        order = json.dumps([0, self._last, command, parameters]).encode()
        self._link.sendall(str(len(order)).encode() + b":" + order)
        _, number, fault, said = self._message()
        assert (number, fault) == (self._last, None), (command, fault)
        return said

    def _message(self) -> Any:
        while b":" not in self._rest:
            self._read()
        length, _, self._rest = self._rest.partition(b":")
        while len(self._rest) < int(length):
            self._read()
        message, self._rest = self._rest[: int(length)], self._rest[int(length) :]
        return json.loads(message)

    def _read(self) -> None:
        read = self._link.recv(65536)
        assert read, "Firefox has closed its socket"
        self._rest += read


@contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """Start a Chromium whose every host name leads nowhere."""
    assert CHROMIUM
    (its_ask, ask), (answer, its_answer) = os.pipe(), os.pipe()
    orders = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
              f"--user-data-dir={profile}", "--host-resolver-rules=MAP * ~NOTFOUND"]  # fmt: skip

    def lend_pipes() -> None:
        first, second = os.dup(its_ask), os.dup(its_answer)
        os.dup2(first, 3)
        os.dup2(second, 4)

    quiet = subprocess.DEVNULL
    process = subprocess.Popen(orders, stdout=quiet, stderr=quiet, close_fds=False,
                               preexec_fn=lend_pipes)  # fmt: skip
    os.close(its_ask)
    os.close(its_answer)
    try:
        yield Chromium(ask, answer)
    finally:
        process.kill()
        process.wait()
        os.close(ask)
        os.close(answer)


OFF_THE_NETWORK = {
    "marionette.port": 0,
    "security.dialog_enable_delay": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}


@contextmanager
def firefox(profile: Path) -> Iterator[Browser]:
    """Start a Firefox whose only proxy listens to nobody."""
    assert FIREFOX
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});"
             for name, value in OFF_THE_NETWORK.items()]  # fmt: skip
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    orders = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--marionette",
              "--remote-allow-system-access"]  # fmt: skip
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(orders, stdout=quiet, stderr=quiet,
                               env={**os.environ, "HOME": str(profile)})  # fmt: skip
    try:
        with socket.create_connection(("127.0.0.1", _port(profile)), PATIENCE) as link:
            yield Firefox(link)
    finally:
        process.kill()
        process.wait()


def _port(profile: Path) -> int:
    told, until = profile / "MarionetteActivePort", time.monotonic() + PATIENCE
    while not (told.is_file() and told.read_text().strip()):
        assert time.monotonic() < until, "Firefox has not started"
        time.sleep(0.05)
    return int(told.read_text())


BROWSERS: dict[str, tuple[str | None, Callable[[Path], Any]]] = {
    "chromium": (CHROMIUM, chromium),
    "firefox": (FIREFOX, firefox),
}
