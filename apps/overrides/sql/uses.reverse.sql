drop trigger append_only_table on overrides_overrideuse;
drop trigger append_only_rows on overrides_overrideuse;
