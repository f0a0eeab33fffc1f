-- What a door told is evidence: it is added once and never changed.
create trigger append_only_rows before update or delete on losses_doorevent
    for each row execute function refuse_change();
create trigger append_only_table before truncate on losses_doorevent
    for each statement execute function refuse_change();
revoke update, delete, truncate on losses_doorevent from :role;
