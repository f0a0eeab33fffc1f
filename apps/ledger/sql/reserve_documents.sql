-- One call speaks for the goods of many documents: the function that took one document goes.
drop function if exists ledger_reserve(bigint, text, timestamptz, bigint[], numeric[]);
