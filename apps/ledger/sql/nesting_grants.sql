-- The application's role reads how units were labelled and calls the functions on units; only they write.
revoke insert, update, delete, truncate on ledger_unitlabel from :role;
revoke update (closed_at) on ledger_handlingunit from :role;
revoke all on function ledger_lock_units, ledger_check_free_units, ledger_check_open_units, ledger_return_units,
    ledger_open_units, ledger_move_units, ledger_nest_unit, ledger_unnest_unit, ledger_merge_units,
    ledger_close_unit, ledger_relabel_unit, ledger_retire_units, ledger_place_unit
from public;
grant execute on function ledger_open_units, ledger_move_units, ledger_nest_unit, ledger_unnest_unit,
    ledger_merge_units, ledger_close_unit, ledger_relabel_unit, ledger_retire_units, ledger_place_unit
to :role;
