-- That goods went past a rule is evidence: it is added once and never changed.
create trigger append_only_rows before update or delete on overrides_overrideuse
    for each row execute function refuse_change();
create trigger append_only_table before truncate on overrides_overrideuse
    for each statement execute function refuse_change();
revoke update, delete, truncate on overrides_overrideuse from :role;
