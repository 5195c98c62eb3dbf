"""The map of regulations as tutorials build it: express, boundaries inside, nothing kept."""

import json
import os
from pathlib import Path

import duckdb
import plotly.express as px
import streamlit as st

WAREHOUSE = Path(os.environ["TTDN_WAREHOUSE"])
BOUNDARIES = Path(os.environ["PYTHONPATH"]) / "data" / "boundaries" / "provinces_2008.geojson"
DATES = ["2022-12-31", "2023-07-31", "2023-12-31", "2024-06-30", "2024-12-31"]
QUERY = """
SELECT province_code_gso, province_name, class, document_number, evidence_date
FROM mart.status
WHERE vintage = 2008 AND indicator = 'regulation'
  AND valid_from <= $as_of::DATE AND (valid_to IS NULL OR valid_to >= $as_of::DATE)
"""

st.set_page_config(layout="wide")
st.title("Regulations")
as_of = st.selectbox("As of", DATES, index=1)
snapshot = json.loads((WAREHOUSE / "current.json").read_text())["snapshot"]
with duckdb.connect(str(WAREHOUSE / f"snapshot-{snapshot}.duckdb"), read_only=True) as connection:
    statuses = connection.execute(QUERY, {"as_of": as_of}).df()
statuses["evidence_date"] = statuses["evidence_date"].astype(str)
boundaries = json.loads(BOUNDARIES.read_text())
figure = px.choropleth(
    statuses,
    geojson=boundaries,
    locations="province_code_gso",
    color="class",
    hover_name="province_name",
    hover_data=["document_number", "evidence_date"],
    height=900,
)
figure.update_geos(fitbounds="locations", visible=False)
st.plotly_chart(figure, config={"topojsonURL": "/app/static/"})
st.dataframe(statuses)
