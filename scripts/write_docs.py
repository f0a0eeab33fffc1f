"""Write what the documentation takes from the source.

docs/flows/*.mmd from each Flow, docs/INVARIANTS.md from SQL, docs/errors.md from the refusals and the handheld's words.
"""

import importlib
import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apps.core.errors import DomainError

CHECKOUT = Path(__file__).resolve().parent.parent
FLOWS = CHECKOUT / "docs" / "flows"
INVARIANTS = CHECKOUT / "docs" / "INVARIANTS.md"
ERRORS = CHECKOUT / "docs" / "errors.md"
WORDS = CHECKOUT / "static" / "stillage" / "scan"
RULE = re.compile(r"-- (I\d\d)((?: (?:nightly|flag))*): (.+)")
WHEN = {"": "always", "nightly": "nightly", "flag": "always, for a look"}
PREFACE = """# What must always hold

Each line is one SQL file that answers with no row, or with the rows that break it. `manage.py check_ledger` asks all of
them; beat asks the quick ones every five minutes, with those of the history for what has changed since, and all of them
at night; tests ask them after every flow. Nothing repairs a broken rule by itself: people look, and correct by a
posting.

Written by `scripts/write_docs.py`; the rule's file is the place to change it.

| rule | what holds | asked | file |
|---|---|---|---|
"""


def diagrams() -> dict[str, str]:
    """Every flow of every app as a Mermaid diagram, by file name: SALES_ORDER_FLOW is sales_order.mmd."""
    from apps.core.flows import Flow  # noqa: PLC0415 - when run as a program, the checkout joins the path first

    drawn = {}
    for path in sorted((CHECKOUT / "apps").glob("*/states.py")):
        module = importlib.import_module(f"apps.{path.parent.name}.states")
        for name, value in vars(module).items():
            if isinstance(value, Flow):
                drawn[f"{name.removesuffix('_FLOW').lower()}.mmd"] = value.as_mermaid()
    return drawn


def invariants_page() -> str:
    """The rules as a table, by their ids."""
    rows = []
    for path in (CHECKOUT / "apps").glob("*/invariants/*.sql"):
        if found := RULE.match(path.read_text("utf-8")):
            number, marks, rule = found.groups()
            name = path.relative_to(CHECKOUT).as_posix()
            asked = WHEN.get(marks.strip(), marks.strip())
            rows.append(f"| {number} | {rule} | {asked} | [{path.parent.parent.name}](../{name}) |\n")
    return PREFACE + "".join(sorted(rows))


ERRORS_PREFACE = """# What the API refuses

Every refusal is problem JSON (RFC 9457, `application/problem+json`) with `type`, `title`, `status` and `code`. Branch
on `code`: it never changes. `facts` holds what the sentence names, by name; `recover` holds what may be done next, as
words that never change either. `errors` names the malformed fields. Whatever was refused has changed nothing.

Sent again under the same `Idempotency-Key`, a refused command is refused in the same words; to try anew, send a new
key. After a 429 and a 503 wait for as many seconds as `Retry-After` says.

Written by `scripts/write_docs.py`; the class of the refusal, and the handheld's words, are the places to change it.

## What the warehouse refuses

| code | status | what it says | facts | recover | what to do |
|---|---|---|---|---|---|
"""
WAY_IN_PREFACE = """
## What is refused on the way in

Before any rule of the warehouse is asked.

| code | status | when | what to do |
|---|---|---|---|
"""
WAY_IN = (
    ("authentication_failed", 401, "The token is unknown, expired or revoked.", "Have the device enrolled again."),
    ("bad_request", 400, "Another host, or more parameters than are read.", "Correct the request."),
    ("body_too_large", 413, "A body of more than 2 MiB.", "Send less at once."),
    ("bug", 500, "Something is broken on our side; nothing was changed.", "Try again later, and tell us."),
    ("device_needed", 403, "Only a device with a token of its own may do this.", "Call with the device's token."),
    ("malformed", 400, "Fields, parameters or headers are not valid; `errors` says which.", "Correct them."),
    ("method_not_allowed", 405, "This cannot be done there; see `Allow`.", "Use another method."),
    ("not_acceptable", 406, "The answer has no such form.", "Accept `application/json`."),
    ("not_allowed", 403, "The role, or the token's scope, does not reach so far.", "Ask your supervisor."),
    ("not_authenticated", 401, "Neither a token nor a session came with it.", "Send `Authorization: Bearer`."),
    ("not_found", 404, "There is no such address, or nothing that the caller may see.", "Scan again."),
    ("parse_error", 400, "The body is no JSON object, or nested too deeply.", "Correct the body."),
    ("permission_denied", 403, "A session without its CSRF token.", "Send the `X-CSRFToken`, or a device's token."),
    ("sign_on_needed", 403, "Nobody is signed on to this device, or they were switched off.", "Sign on."),
    ("throttled", 429, "Too many requests by this device, person or address.", "Wait for `Retry-After`."),
    ("unsupported_media_type", 415, "The body is no JSON, or not in UTF-8.", "Send JSON in UTF-8."),
)
"""What no class of ours says: codes of the framework, and of the gate before it."""
AT_THE_DESK = {
    "ask_other": "Ask another who may do it.",
    "correct_file": "Correct the file and bring it again.",
    "notify": "Note first how they were told.",
    "other_worker": "Choose another worker.",
    "release_partly": "Release what there are parts for.",
}
"""Words of refusals that no handheld meets."""


def refusals() -> "list[type[DomainError]]":
    """Every refusal of ours, a code each, by code."""
    from apps.core.errors import DomainError  # noqa: PLC0415 - see above

    for path in sorted((CHECKOUT / "apps").rglob("errors*")):  # a module, or a package of them; of parts of apps too
        if path.is_dir() or path.suffix == ".py":
            importlib.import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))

    def below(kind: type[DomainError]) -> "Iterator[type[DomainError]]":
        for each in kind.__subclasses__():
            if each.__module__.startswith("apps."):
                yield each
            yield from below(each)

    return [kind for _, kind in sorted({kind.code: kind for kind in below(DomainError)}.items())]


def sentences() -> dict[str, str]:
    """What the handheld says for each word of `recover`."""
    for path in sorted(WORDS.rglob("*.js")):
        if found := re.search(r"const RECOVER = \{(.*?)\n\};", path.read_text("utf-8"), re.DOTALL):
            return dict(re.findall(r'^  (\w+): "(.+)",$', found[1], re.MULTILINE)) | AT_THE_DESK
    msg = "no module of the handheld has the words"
    raise LookupError(msg)


def errors_page() -> str:
    """The refusals as a table, by their codes."""
    words, rows = sentences(), []
    for kind in refusals():
        says = re.sub(r"%\((\w+)\)s", r"*\1*", kind.message).replace("%%", "%").replace("|", "\\|")
        facts = ", ".join(f"`{field.name}`" for field in fields(kind))
        recover = ", ".join(f"`{word}`" for word in kind.recover)
        todo = " ".join(words[word] for word in kind.recover)
        rows.append(f"| `{kind.code}` | {kind.status} | {says} | {facts} | {recover} | {todo} |\n")
    way_in = [f"| `{code}` | {status} | {when} | {todo} |\n" for code, status, when, todo in WAY_IN]
    return ERRORS_PREFACE + "".join(rows) + WAY_IN_PREFACE + "".join(way_in)


def main() -> None:
    """Write what is new, remove what is gone."""
    FLOWS.mkdir(parents=True, exist_ok=True)
    drawn = diagrams()
    for path in FLOWS.glob("*.mmd"):
        if path.name not in drawn:
            path.unlink()
    for name, text in drawn.items():
        (FLOWS / name).write_text(text, "utf-8")
    INVARIANTS.write_text(invariants_page(), "utf-8")
    ERRORS.write_text(errors_page(), "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    main()
