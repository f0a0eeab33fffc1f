drop trigger append_only_rows on epcis_epcisthing;
drop trigger append_only_table on epcis_epcisthing;
drop trigger append_only_rows on epcis_epcisevent;
drop trigger append_only_table on epcis_epcisevent;
drop trigger append_only_rows on epcis_epciscapture;
drop trigger append_only_table on epcis_epciscapture;
