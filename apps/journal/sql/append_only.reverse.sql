drop trigger append_only_table on journal_approval;
drop trigger append_only_rows on journal_approval;
drop trigger append_only_table on journal_auditentry;
drop trigger append_only_rows on journal_auditentry;
drop function refuse_change();
