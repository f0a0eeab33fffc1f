-- What partners told is evidence: it is added once and never changed.
create trigger append_only_rows before update or delete on epcis_epciscapture
    for each row execute function refuse_change();
create trigger append_only_table before truncate on epcis_epciscapture
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on epcis_epcisevent
    for each row execute function refuse_change();
create trigger append_only_table before truncate on epcis_epcisevent
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on epcis_epcisthing
    for each row execute function refuse_change();
create trigger append_only_table before truncate on epcis_epcisthing
    for each statement execute function refuse_change();
revoke update, delete, truncate on epcis_epciscapture, epcis_epcisevent, epcis_epcisthing from :role;
