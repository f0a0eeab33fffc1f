-- :role is the application's role, named by DATABASE_URL.
revoke all on function ledger_reserve(bigint, text[], timestamptz, bigint[], numeric[]) from public;
grant execute on function ledger_reserve(bigint, text[], timestamptz, bigint[], numeric[]) to :role;
