-- What was done to find out, and what was dismissed, is evidence: it is added once and never changed.
create trigger append_only_rows before update or delete on losses_lossstep
    for each row execute function refuse_change();
create trigger append_only_table before truncate on losses_lossstep
    for each statement execute function refuse_change();
revoke update, delete, truncate on losses_lossstep from :role;

create trigger append_only_rows before update or delete on losses_odddismissal
    for each row execute function refuse_change();
create trigger append_only_table before truncate on losses_odddismissal
    for each statement execute function refuse_change();
revoke update, delete, truncate on losses_odddismissal from :role;

-- A camera sees zones of the site where it hangs.
create function losses_camera_sees_its_site() returns trigger language plpgsql as $$
begin
    if exists (
        select from losses_camera camera
        join workplace_siteasset asset on asset.id = camera.asset_id
        join locations_zone zone on zone.id = new.zone_id
        where camera.id = new.camera_id and zone.warehouse_id <> asset.warehouse_id
    ) then
        raise exception 'a camera sees zones of its own site' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger own_site before insert or update on losses_camera_zones
    for each row execute function losses_camera_sees_its_site();
