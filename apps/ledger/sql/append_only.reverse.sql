alter table ledger_stockmove drop constraint stock_move_goes_somewhere;
drop trigger append_only_table on ledger_stockmove;
drop trigger append_only_rows on ledger_stockmove;
drop trigger append_only_table on ledger_stocktransaction;
drop trigger append_only_rows on ledger_stocktransaction;
