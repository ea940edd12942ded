"""The table of interface text: every sentence staff read, filled with `.format(...)` by its user."""

# --- readers -------------------------------------------------------------------------------------

