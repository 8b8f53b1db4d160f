import pandas as pd
import streamlit as st

CATCH = pd.DataFrame({"fish": ["cod", "hake", "sole"], "crates": [12, 7, 3]})

st.title("The catch of the day")
st.dataframe(CATCH)
st.write(f"{CATCH.crates.sum()} crates in all")
