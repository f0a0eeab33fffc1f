drop trigger own_site on losses_camera_zones;
drop function losses_camera_sees_its_site();
drop trigger append_only_table on losses_odddismissal;
drop trigger append_only_rows on losses_odddismissal;
drop trigger append_only_table on losses_lossstep;
drop trigger append_only_rows on losses_lossstep;
