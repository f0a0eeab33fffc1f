-- What was read is evidence: it is never changed and never taken away.
create trigger append_only_rows before update or delete on compliance_sensorreading
    for each row execute function refuse_change();
create trigger append_only_table before truncate on compliance_sensorreading
    for each statement execute function refuse_change();
