drop trigger keep_lines on catalog_billline;
drop trigger keep_bill on catalog_billofmaterials;
drop function catalog_keep_lines();
drop function catalog_keep_bill();
