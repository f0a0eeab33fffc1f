-- What was done stays said: the audit trail and approvals only grow.
create function refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception '% only grows: a correction is a new row', tg_table_name using errcode = 'SL000';
end
$$;

create trigger append_only_rows before update or delete on journal_auditentry
    for each row execute function refuse_change();
create trigger append_only_table before truncate on journal_auditentry
    for each statement execute function refuse_change();
create trigger append_only_rows before update or delete on journal_approval
    for each row execute function refuse_change();
create trigger append_only_table before truncate on journal_approval
    for each statement execute function refuse_change();
revoke update, delete, truncate on journal_auditentry, journal_approval from :role;
