drop trigger append_only_table on food_traceabilityplan;
drop trigger append_only_rows on food_traceabilityplan;
drop trigger append_only_table on food_traceabilitylotcode;
drop trigger append_only_rows on food_traceabilitylotcode;
drop trigger append_only_table on food_fooddetermination;
drop trigger append_only_rows on food_fooddetermination;
