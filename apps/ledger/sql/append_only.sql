-- History is never rewritten: whoever asks, and by whatever statement.
create trigger append_only_rows before update or delete on ledger_stocktransaction
    for each row execute function refuse_change();
create trigger append_only_table before truncate on ledger_stocktransaction
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on ledger_stockmove
    for each row execute function refuse_change();
create trigger append_only_table before truncate on ledger_stockmove
    for each statement execute function refuse_change();

-- Django cannot say "is distinct from" over nullable columns: a move changes place, handling unit or status.
alter table ledger_stockmove add constraint stock_move_goes_somewhere check (
    (source_id, source_unit_id, source_status) is distinct from (target_id, target_unit_id, target_status)
);
