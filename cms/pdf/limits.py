"""What a render child may do: seconds, bytes, and no file, process or connection of its own.

Applied in the child after the fork and before it looks at the document.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

CPU_GRACE = 2  # seconds between the polite signal and the kill
OPEN_FILES = 64
WRITTEN_BYTES = 64 * 2**20  # fonts a document brings along are unpacked to the temporary folder
MEMORY_FLOOR = 128 * 2**20  # on top of what the warmed parent already maps

_FORBIDDEN_EVENTS = frozenset({
    "socket.__new__", "socket.connect", "socket.bind", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.sendto", "urllib.Request", "subprocess.Popen", "os.system",
    "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.remove", "os.rename", "ctypes.dlopen", "shutil.rmtree",
})  # fmt: skip


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def stop_after(cpu_seconds: float, wall_seconds: float, on_limit: Callable[..., None]) -> None:
    """Call `on_limit(signal, frame)` at the limit; the kernel kills what does not react."""
    signal.signal(signal.SIGXCPU, on_limit)
    signal.signal(signal.SIGALRM, on_limit)
    soft = max(1, round(cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + CPU_GRACE))
    signal.setitimer(signal.ITIMER_REAL, wall_seconds)


def limit_memory(megabytes: int) -> None:
    """Cap the address space, the rest of the machine is not the document's to use."""
    wanted = max(megabytes * 2**20, mapped_bytes() + MEMORY_FLOOR)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    except (OSError, ValueError):
        return  # macOS has no such limit; time and size limits still hold there


def lift_memory_limit() -> None:
    """Room for reporting that there was none."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def limit_files() -> None:
    """Few open files, small written ones, no core dumps."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def mapped_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def confine(readable: Iterable[str], folders: Iterable[str], writable: str) -> None:
    """From now on this process opens only these files, and no connection.

    The second fence behind the fetcher: an audit hook cannot be taken off again.
    """
    files = frozenset(readable)
    prefixes = tuple(f"{os.path.abspath(folder)}{os.sep}" for folder in folders if folder)
    scratch = f"{os.path.abspath(writable)}{os.sep}"

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = args
            if isinstance(path, int) or path in files:
                return
            full = os.path.abspath(os.fsdecode(path))
            if full.startswith(scratch):
                return
            if full.startswith(prefixes) and not flags & _WRITING:
                return
            raise PermissionError(f"A PDF may not open {full}")
        if event in _FORBIDDEN_EVENTS and not _inside(args, scratch):
            raise PermissionError(f"A PDF may not do {event}")

    sys.addaudithook(hook)


def _inside(args: tuple[Any, ...], folder: str) -> bool:
    """Whether every path of a file operation lies in the temporary folder."""
    paths = [arg for arg in args if isinstance(arg, str | bytes | os.PathLike)]
    return bool(paths) and all(
        os.path.abspath(os.fsdecode(path)).startswith(folder) for path in paths
    )


def code_folders() -> list[str]:
    """Where Python code may be loaded from: the import path without the project itself."""
    own = Path(__file__).resolve().parent
    project = str(own.parent.parent)
    return [str(own), *(entry for entry in sys.path if entry and entry != project)]
