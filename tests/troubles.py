"""Tasks for workers, each trouble of its own kind; a module, so that worker processes can import it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from analyser.report.making import Page, Pictures


def double(task: int) -> int:
    return 2 * task


def trouble(task: str) -> str:
    """Do what the task says."""
    match task.split():
        case ["raise"]:
            raise ValueError("no good")
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["fell"]:
            # This process was forked from a server that the worker of a cluster started.
            server = Path(f"/proc/{os.getppid()}/stat").read_text()
            os.kill(int(server.rpartition(")")[2].split()[1]), signal.SIGKILL)
            threading.Event().wait()
        case ["leave"]:
            os._exit(0)
        case ["hang"]:
            while True:
                time.sleep(60)
        case ["hog"]:
            return str(len(bytearray(2**40)))
        case ["nest"]:
            return trouble(task)
        case ["spawn", lifeline]:
            subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(600)"], pass_fds=[os.open(lifeline, os.O_WRONLY)]
            )
            time.sleep(600)
        case ["hold", lifeline]:
            os.write(os.open(lifeline, os.O_WRONLY), b"x")
            threading.Event().wait()
        case ["finish", lifeline]:
            os.open(lifeline, os.O_WRONLY)
            threading.Timer(1.0, os._exit, [0]).start()
        case ["print"]:
            os.write(1, b"chatter")
            os.write(2, b"chatter")
    return f"{task} done"


def process(task: int) -> int:
    """The worker's own process id."""
    return os.getpid()


class Unpicklable:
    """An answer or function that dies on its way into the worker."""

    def __call__(self, task: int) -> int:
        return task

    def __setstate__(self, state: object) -> None:
        os._exit(3)

    def __getstate__(self) -> object:
        return {"anything": True}


class DeadlyPage(Page):
    """A page whose PDF kills the process that draws from it."""

    def make(self) -> Pictures:
        if self.drawing:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().make()
