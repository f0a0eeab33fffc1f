-- The application's role may work with rows; tables, functions and what guards them belong to the owner who migrates.
grant usage on schema public to :role;
grant select, insert, update, delete on all tables in schema public to :role;
grant usage, select on all sequences in schema public to :role;
alter default privileges in schema public grant select, insert, update, delete on tables to :role;
alter default privileges in schema public grant usage, select on sequences to :role;
