"""Start Streamlit with a stopwatch in its process: one JSON line per event, [name, seconds, cpu].

    python probe.py EVENTS.jsonl run app.py --server.port=…

Events of a run: `received` (the browser's message is in the session's hands), `began` and `ended`
(ScriptRunner._run_script: callbacks, our script, the framework's bookkeeping), `sent` (the last
message of the run was handed to the socket; the framework pauses 5 ms between flushes).
`cpu` is the processor time of the thread that notes the event, in seconds: what the script needs,
while the clock says when it got it on a busy machine.
Made for one visitor at a time, whose runs do not overlap.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any


def install(events: Path) -> None:
    """Wrap the framework's three places; nothing else of it changes."""
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
    from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient

    run_script, handle = ScriptRunner._run_script, AppSession.handle_backmsg
    write = StarletteSessionClient.write_forward_msg
    file = events.open("a", encoding="utf-8", buffering=1)

    def note(name: str) -> None:
        file.write(json.dumps([name, perf_counter(), thread_time()]) + "\n")

    def timed_run(self: Any, rerun_data: Any) -> None:
        note("began")
        run_script(self, rerun_data)
        note("ended")

    def timed_handle(self: Any, msg: Any) -> None:
        if msg.WhichOneof("type") == "rerun_script":
            note("received")
        handle(self, msg)

    def timed_write(self: Any, msg: Any) -> None:
        write(self, msg)
        if msg.WhichOneof("type") == "script_finished":
            note("sent")

    ScriptRunner._run_script = timed_run  # type: ignore[method-assign]
    AppSession.handle_backmsg = timed_handle  # type: ignore[method-assign]
    StarletteSessionClient.write_forward_msg = timed_write  # type: ignore[method-assign]


if __name__ == "__main__":
    from streamlit.web.cli import main

    install(Path(sys.argv[1]))
    sys.argv = ["streamlit", *sys.argv[2:]]
    main()
