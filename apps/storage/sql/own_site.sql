-- A control area is of one site: its zones and places are there. The form says so in words; this is for all other ways.
create function storage_area_of_its_site() returns trigger language plpgsql as $$
declare
    v_part bigint;
begin
    if tg_table_name = 'storage_areazone' then
        select warehouse_id into v_part from locations_zone where id = new.zone_id;
    else
        select warehouse_id into v_part from locations_location where id = new.location_id;
    end if;
    if v_part is distinct from (select warehouse_id from storage_controlarea where id = new.area_id) then
        raise exception 'a control area is of one site' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger own_site before insert or update on storage_areazone
    for each row execute function storage_area_of_its_site();
create trigger own_site before insert or update on storage_areaplace
    for each row execute function storage_area_of_its_site();
