drop trigger append_only_table on losses_doorevent;
drop trigger append_only_rows on losses_doorevent;
