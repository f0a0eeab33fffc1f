drop trigger own_site on storage_areaplace;
drop trigger own_site on storage_areazone;
drop function storage_area_of_its_site();
