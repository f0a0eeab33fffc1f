-- What was decided and stated about foods is evidence for a regulator: it is added to and never changed.
create trigger append_only_rows before update or delete on food_fooddetermination
    for each row execute function refuse_change();
create trigger append_only_table before truncate on food_fooddetermination
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on food_traceabilitylotcode
    for each row execute function refuse_change();
create trigger append_only_table before truncate on food_traceabilitylotcode
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on food_traceabilityplan
    for each row execute function refuse_change();
create trigger append_only_table before truncate on food_traceabilityplan
    for each statement execute function refuse_change();
revoke update, delete, truncate on food_fooddetermination, food_traceabilitylotcode, food_traceabilityplan from :role;
