-- The application's role reads the ledger and calls its functions; only they write (docs/adr/0002).
-- :role is the application's role, named by DATABASE_URL.
revoke insert, update, delete, truncate on
    ledger_stocktransaction, ledger_stockmove, ledger_stockbalance, ledger_reservation, ledger_hold,
    ledger_handlingunit, ledger_unitlabel
from :role;
revoke delete, truncate on ledger_lot, ledger_serialnumber from :role;

revoke all on function ledger_refuse, ledger_refuse_shortage, ledger_check_lots, ledger_carry, ledger_post, ledger_reserve, ledger_candidates,
    ledger_release, ledger_expire_reservations, ledger_hold, ledger_unhold, ledger_reverse,
    ledger_lock_units, ledger_check_free_units, ledger_check_open_units, ledger_return_units,
    ledger_open_units, ledger_move_units, ledger_nest_unit, ledger_unnest_unit, ledger_merge_units,
    ledger_close_unit, ledger_relabel_unit, ledger_retire_units, ledger_place_unit
from public;
grant execute on function ledger_post, ledger_reserve, ledger_candidates, ledger_release, ledger_expire_reservations,
    ledger_hold, ledger_unhold, ledger_reverse,
    ledger_open_units, ledger_move_units, ledger_nest_unit, ledger_unnest_unit,
    ledger_merge_units, ledger_close_unit, ledger_relabel_unit, ledger_retire_units, ledger_place_unit
to :role;
