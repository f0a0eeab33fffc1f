-- What was done about a doubt is evidence: it is added once and never changed.
create trigger append_only_rows before update or delete on traceability_suspectstep
    for each row execute function refuse_change();
create trigger append_only_table before truncate on traceability_suspectstep
    for each statement execute function refuse_change();
revoke update, delete, truncate on traceability_suspectstep from :role;
