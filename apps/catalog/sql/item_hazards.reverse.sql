drop trigger note_hazards on safety_hazardclass;
drop function catalog_note_hazards_of_class();
drop trigger note_hazards on safety_shippingdescription;
drop function catalog_note_hazards_of_described();
drop trigger note_hazards on catalog_item;
drop function catalog_note_hazards();
drop function catalog_hazards_of(bigint, bigint);
