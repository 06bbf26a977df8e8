"""Progress bars of a build, one a stage; plain lines where nobody watches."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

STAGES = {
    "town": "造一个镇子  making the town",
    "tables": "建库        making the tables",
    "load": "装入底图人口  loading ground and people",
    "plan": "划分网格    planning the grids",
    "share": "签共享协议  agreements and feeds",
    "play": "过日子      playing the days",
    "finish": "对表        setting the clock",
}


class Bars:
    """Bars on the error stream, so that the answer of a command stays clean."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(), console=self._console, disable=not self._console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def progress(self, stage: str, done: int, total: int) -> None:
        """A stage has come so far; it shows when it begins."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(STAGES[stage], total=total)
            if not self._console.is_terminal:
                self._console.print(STAGES[stage])
        self._bars.update(self._tasks[stage], completed=done, total=total)
