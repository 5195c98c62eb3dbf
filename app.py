"""The ASGI app; `streamlit run app.py` starts it."""

from pathlib import Path

from streamlit import App

from dashboard.shell import render_failure
from dashboard.web import lifespan, middleware, routes

app = App(
    Path(__file__).parent / "dashboard" / "shell.py",
    routes=routes(),
    middleware=middleware(),
    lifespan=lifespan,
    on_script_error=render_failure,
)
